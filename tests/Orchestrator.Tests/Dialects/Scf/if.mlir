// pipeline: canonicalize
"builtin.module"() ({
  "func.func"() <{function_type = (i32, i32) -> (i32, i32), sym_name = "known"}> ({
  ^bb0(%arg15: i32, %arg16: i32):
    %27 = "arith.constant"() <{value = true}> : () -> i1
    %28 = "arith.constant"() <{value = false}> : () -> i1
    %29 = "scf.if"(%27) ({
      %32 = "arith.addi"(%arg15, %arg16) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
      "scf.yield"(%32) : (i32) -> ()
    }, {
      "scf.yield"(%arg16) : (i32) -> ()
    }) : (i1) -> i32
    %30 = "scf.if"(%28) ({
      "scf.yield"(%arg15) : (i32) -> ()
    }, {
      %31 = "arith.muli"(%arg15, %arg16) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
      "scf.yield"(%31) : (i32) -> ()
    }) : (i1) -> i32
    "scf.if"(%28) ({
      "test.never"() : () -> ()
      "scf.yield"() : () -> ()
    }, {
    }) : (i1) -> ()
    "func.return"(%29, %30) : (i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1, i32, i32) -> (i32, i32, i32), sym_name = "to_select"}> ({
  ^bb0(%arg12: i1, %arg13: i32, %arg14: i32):
    %25:3 = "scf.if"(%arg12) ({
      "test.first"() : () -> ()
      "scf.yield"(%arg13, %arg13, %arg13) : (i32, i32, i32) -> ()
    }, {
      %26 = "test.second"() : () -> i32
      "scf.yield"(%arg14, %arg13, %26) : (i32, i32, i32) -> ()
    }) : (i1) -> (i32, i32, i32)
    "func.return"(%25#0, %25#1, %25#2) : (i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1) -> i32, sym_name = "unused"}> ({
  ^bb0(%arg11: i1):
    %19:3 = "scf.if"(%arg11) ({
      %23 = "test.first"() : () -> i32
      %24 = "test.first"() : () -> i32
      "scf.yield"(%23, %24, %23) : (i32, i32, i32) -> ()
    }, {
      %21 = "test.second"() : () -> i32
      %22 = "test.second"() : () -> i32
      "scf.yield"(%21, %22, %21) : (i32, i32, i32) -> ()
    }) : (i1) -> (i32, i32, i32)
    %20 = "arith.addi"(%19#0, %19#2) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    "func.return"(%20) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1, i32, i32) -> i32, sym_name = "propagate"}> ({
  ^bb0(%arg8: i1, %arg9: i32, %arg10: i32):
    %16 = "scf.if"(%arg8) ({
      %17 = "arith.select"(%arg8, %arg9, %arg10) : (i1, i32, i32) -> i32
      "test.use"(%arg8) : (i1) -> ()
      "scf.if"(%arg8) ({
        "test.then"() : () -> ()
        "scf.yield"() : () -> ()
      }, {
      }) : (i1) -> ()
      %18 = "arith.addi"(%17, %arg10) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
      "scf.yield"(%18) : (i32) -> ()
    }, {
      "test.use"(%arg8) : (i1) -> ()
      "scf.if"(%arg8) ({
        "test.never"() : () -> ()
        "scf.yield"() : () -> ()
      }, {
      }) : (i1) -> ()
      "scf.yield"(%arg10) : (i32) -> ()
    }) : (i1) -> i32
    "func.return"(%16) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1) -> (i1, i1), sym_name = "condition"}> ({
  ^bb0(%arg7: i1):
    %13 = "arith.constant"() <{value = true}> : () -> i1
    %14 = "arith.constant"() <{value = false}> : () -> i1
    %15:2 = "scf.if"(%arg7) ({
      "test.first"() : () -> ()
      "scf.yield"(%13, %14) : (i1, i1) -> ()
    }, {
      "test.second"() : () -> ()
      "scf.yield"(%14, %13) : (i1, i1) -> ()
    }) : (i1) -> (i1, i1)
    "func.return"(%15#0, %15#1) : (i1, i1) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1, i32) -> (i32, i32), sym_name = "adjacent"}> ({
  ^bb0(%arg5: i1, %arg6: i32):
    %7 = "scf.if"(%arg5) ({
      %12 = "test.a"() : () -> i32
      "scf.yield"(%12) : (i32) -> ()
    }, {
      %11 = "test.b"() : () -> i32
      "scf.yield"(%11) : (i32) -> ()
    }) : (i1) -> i32
    %8 = "scf.if"(%arg5) ({
      %10 = "test.c"(%7) : (i32) -> i32
      "scf.yield"(%10) : (i32) -> ()
    }, {
      %9 = "test.d"() : () -> i32
      "scf.yield"(%9) : (i32) -> ()
    }) : (i1) -> i32
    "func.return"(%7, %8) : (i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1) -> (), sym_name = "opposite"}> ({
  ^bb0(%arg4: i1):
    %5 = "arith.constant"() <{value = true}> : () -> i1
    %6 = "arith.xori"(%arg4, %5) : (i1, i1) -> i1
    "scf.if"(%arg4) ({
      "test.a"() : () -> ()
      "scf.yield"() : () -> ()
    }, {
    }) : (i1) -> ()
    "scf.if"(%6) ({
      "test.b"() : () -> ()
      "scf.yield"() : () -> ()
    }, {
    }) : (i1) -> ()
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1, i1, i32) -> i32, sym_name = "nested"}> ({
  ^bb0(%arg1: i1, %arg2: i1, %arg3: i32):
    %2 = "scf.if"(%arg1) ({
      %3 = "scf.if"(%arg2) ({
        %4 = "test.a"() : () -> i32
        "scf.yield"(%4) : (i32) -> ()
      }, {
        "scf.yield"(%arg3) : (i32) -> ()
      }) : (i1) -> i32
      "scf.yield"(%3) : (i32) -> ()
    }, {
      "scf.yield"(%arg3) : (i32) -> ()
    }) : (i1) -> i32
    "scf.if"(%arg1) ({
      "scf.if"(%arg2) ({
        "test.b"() : () -> ()
        "scf.yield"() : () -> ()
      }, {
      }) : (i1) -> ()
      "scf.yield"() : () -> ()
    }, {
    }) : (i1) -> ()
    "func.return"(%2) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1) -> (), sym_name = "swap"}> ({
  ^bb0(%arg0: i1):
    %0 = "arith.constant"() <{value = true}> : () -> i1
    %1 = "arith.xori"(%arg0, %0) : (i1, i1) -> i1
    "scf.if"(%1) ({
      "test.a"() : () -> ()
      "scf.yield"() : () -> ()
    }, {
      "test.b"() : () -> ()
      "scf.yield"() : () -> ()
    }) : (i1) -> ()
    "scf.if"(%arg0) ({
      "test.c"() : () -> ()
      "scf.yield"() : () -> ()
    }, {
      "scf.yield"() : () -> ()
    }) : (i1) -> ()
    "scf.if"(%arg0) ({
      "scf.yield"() : () -> ()
    }, {
      "scf.yield"() : () -> ()
    }) : (i1) -> ()
    "func.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
// expect:
"builtin.module"() ({
  "func.func"() <{function_type = (i32, i32) -> (i32, i32), sym_name = "known"}> ({
  ^bb0(%arg15: i32, %arg16: i32):
    %24 = "arith.addi"(%arg15, %arg16) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %25 = "arith.muli"(%arg15, %arg16) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    "func.return"(%24, %25) : (i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1, i32, i32) -> (i32, i32, i32), sym_name = "to_select"}> ({
  ^bb0(%arg12: i1, %arg13: i32, %arg14: i32):
    %21 = "arith.select"(%arg12, %arg13, %arg14) : (i1, i32, i32) -> i32
    %22 = "scf.if"(%arg12) ({
      "test.first"() : () -> ()
      "scf.yield"(%arg13) : (i32) -> ()
    }, {
      %23 = "test.second"() : () -> i32
      "scf.yield"(%23) : (i32) -> ()
    }) : (i1) -> i32
    "func.return"(%21, %arg13, %22) : (i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1) -> i32, sym_name = "unused"}> ({
  ^bb0(%arg11: i1):
    %15 = "scf.if"(%arg11) ({
      %19 = "test.first"() : () -> i32
      %20 = "test.first"() : () -> i32
      "scf.yield"(%19) : (i32) -> ()
    }, {
      %17 = "test.second"() : () -> i32
      %18 = "test.second"() : () -> i32
      "scf.yield"(%17) : (i32) -> ()
    }) : (i1) -> i32
    %16 = "arith.addi"(%15, %15) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    "func.return"(%16) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1, i32, i32) -> i32, sym_name = "propagate"}> ({
  ^bb0(%arg8: i1, %arg9: i32, %arg10: i32):
    %11 = "arith.constant"() <{value = true}> : () -> i1
    %12 = "arith.constant"() <{value = false}> : () -> i1
    %13 = "scf.if"(%arg8) ({
      "test.use"(%11) : (i1) -> ()
      "test.then"() : () -> ()
      %14 = "arith.addi"(%arg9, %arg10) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
      "scf.yield"(%14) : (i32) -> ()
    }, {
      "test.use"(%12) : (i1) -> ()
      "scf.yield"(%arg10) : (i32) -> ()
    }) : (i1) -> i32
    "func.return"(%13) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1) -> (i1, i1), sym_name = "condition"}> ({
  ^bb0(%arg7: i1):
    %9 = "arith.constant"() <{value = true}> : () -> i1
    %10 = "arith.xori"(%arg7, %9) : (i1, i1) -> i1
    "scf.if"(%arg7) ({
      "test.first"() : () -> ()
      "scf.yield"() : () -> ()
    }, {
      "test.second"() : () -> ()
      "scf.yield"() : () -> ()
    }) : (i1) -> ()
    "func.return"(%arg7, %10) : (i1, i1) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1, i32) -> (i32, i32), sym_name = "adjacent"}> ({
  ^bb0(%arg5: i1, %arg6: i32):
    %4:2 = "scf.if"(%arg5) ({
      %7 = "test.a"() : () -> i32
      %8 = "test.c"(%7) : (i32) -> i32
      "scf.yield"(%7, %8) : (i32, i32) -> ()
    }, {
      %5 = "test.b"() : () -> i32
      %6 = "test.d"() : () -> i32
      "scf.yield"(%5, %6) : (i32, i32) -> ()
    }) : (i1) -> (i32, i32)
    "func.return"(%4#0, %4#1) : (i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1) -> (), sym_name = "opposite"}> ({
  ^bb0(%arg4: i1):
    "scf.if"(%arg4) ({
      "test.a"() : () -> ()
      "scf.yield"() : () -> ()
    }, {
      "test.b"() : () -> ()
      "scf.yield"() : () -> ()
    }) : (i1) -> ()
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1, i1, i32) -> i32, sym_name = "nested"}> ({
  ^bb0(%arg1: i1, %arg2: i1, %arg3: i32):
    %0 = "arith.andi"(%arg1, %arg2) : (i1, i1) -> i1
    %1 = "scf.if"(%0) ({
      %3 = "test.a"() : () -> i32
      "scf.yield"(%3) : (i32) -> ()
    }, {
      "scf.yield"(%arg3) : (i32) -> ()
    }) : (i1) -> i32
    %2 = "arith.andi"(%arg1, %arg2) : (i1, i1) -> i1
    "scf.if"(%2) ({
      "test.b"() : () -> ()
      "scf.yield"() : () -> ()
    }, {
    }) : (i1) -> ()
    "func.return"(%1) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1) -> (), sym_name = "swap"}> ({
  ^bb0(%arg0: i1):
    "scf.if"(%arg0) ({
      "test.b"() : () -> ()
      "test.c"() : () -> ()
      "scf.yield"() : () -> ()
    }, {
      "test.a"() : () -> ()
      "scf.yield"() : () -> ()
    }) : (i1) -> ()
    "func.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
