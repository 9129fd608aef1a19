// pipeline: canonicalize
"builtin.module"() ({
  "func.func"() <{function_type = (i32, i32, index) -> (i32, i32, i32, i32), sym_name = "trips"}> ({
  ^bb0(%arg28: i32, %arg29: i32, %arg30: index):
    %15 = "arith.constant"() <{value = 0 : index}> : () -> index
    %16 = "arith.constant"() <{value = 1 : index}> : () -> index
    %17 = "arith.constant"() <{value = 5 : index}> : () -> index
    %18 = "arith.constant"() <{value = 9 : index}> : () -> index
    %19 = "scf.for"(%17, %15, %16, %arg28) ({
    ^bb0(%arg37: index, %arg38: i32):
      %25 = "test.never"(%arg38) : (i32) -> i32
      "scf.yield"(%25) : (i32) -> ()
    }) : (index, index, index, i32) -> i32
    %20 = "scf.for"(%15, %17, %18, %arg28) ({
    ^bb0(%arg35: index, %arg36: i32):
      %24 = "test.once"(%arg35, %arg36) : (index, i32) -> i32
      "scf.yield"(%24) : (i32) -> ()
    }) : (index, index, index, i32) -> i32
    %21 = "scf.for"(%arg30, %arg30, %16, %arg28) ({
    ^bb0(%arg33: index, %arg34: i32):
      %23 = "test.never"(%arg34) : (i32) -> i32
      "scf.yield"(%23) : (i32) -> ()
    }) : (index, index, index, i32) -> i32
    %22 = "scf.for"(%15, %17, %16, %arg28) ({
    ^bb0(%arg31: index, %arg32: i32):
      "scf.yield"(%arg29) : (i32) -> ()
    }) : (index, index, index, i32) -> i32
    "func.return"(%19, %20, %21, %22) : (i32, i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32, i32, index) -> (i32, i32, i32, i32), sym_name = "carried"}> ({
  ^bb0(%arg18: i32, %arg19: i32, %arg20: index):
    %11 = "arith.constant"() <{value = 0 : index}> : () -> index
    %12 = "arith.constant"() <{value = 1 : index}> : () -> index
    %13:6 = "scf.for"(%11, %arg20, %12, %arg18, %arg18, %arg19, %arg19, %arg18, %arg18) ({
    ^bb0(%arg21: index, %arg22: i32, %arg23: i32, %arg24: i32, %arg25: i32, %arg26: i32, %arg27: i32):
      %14 = "test.round"(%arg22, %arg24, %arg25, %arg26) : (i32, i32, i32, i32) -> i32
      "scf.yield"(%arg22, %14, %14, %14, %arg18, %arg27) : (i32, i32, i32, i32, i32, i32) -> ()
    }) : (index, index, index, i32, i32, i32, i32, i32, i32) -> (i32, i32, i32, i32, i32, i32)
    "func.return"(%13#0, %13#2, %13#3, %13#4) : (i32, i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32, i32) -> (i32, i32), sym_name = "whiles"}> ({
  ^bb0(%arg10: i32, %arg11: i32):
    %8:3 = "scf.while"(%arg10, %arg11, %arg10) ({
    ^bb0(%arg15: i32, %arg16: i32, %arg17: i32):
      %10 = "test.more"(%arg15, %arg16) : (i32, i32) -> i1
      "scf.condition"(%10, %arg15, %arg16, %arg10) : (i1, i32, i32, i32) -> ()
    }, {
    ^bb0(%arg12: i32, %arg13: i32, %arg14: i32):
      %9 = "test.round"(%arg12, %arg13, %arg14) : (i32, i32, i32) -> i32
      "scf.yield"(%arg12, %9, %9) : (i32, i32, i32) -> ()
    }) : (i32, i32, i32) -> (i32, i32, i32)
    "func.return"(%8#1, %8#2) : (i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32, i32) -> i32, sym_name = "condition"}> ({
  ^bb0(%arg5: i32, %arg6: i32):
    %3:2 = "scf.while"(%arg6) ({
    ^bb0(%arg9: i32):
      %7 = "arith.cmpi"(%arg9, %arg5) <{predicate = 2 : i64}> : (i32, i32) -> i1
      "scf.condition"(%7, %arg9, %7) : (i1, i32, i1) -> ()
    }, {
    ^bb0(%arg7: i32, %arg8: i1):
      %4 = "arith.cmpi"(%arg7, %arg5) <{predicate = 2 : i64}> : (i32, i32) -> i1
      %5 = "arith.cmpi"(%arg7, %arg5) <{predicate = 5 : i64}> : (i32, i32) -> i1
      %6 = "test.round"(%arg7, %arg8, %4, %5) : (i32, i1, i1, i1) -> i32
      "scf.yield"(%6) : (i32) -> ()
    }) : (i32) -> (i32, i1)
    "func.return"(%3#0) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (index) -> (), sym_name = "parallel"}> ({
  ^bb0(%arg0: index):
    %0 = "arith.constant"() <{value = 0 : index}> : () -> index
    %1 = "arith.constant"() <{value = 1 : index}> : () -> index
    %2 = "arith.constant"() <{value = 5 : index}> : () -> index
    "scf.parallel"(%0, %0, %1, %arg0, %1, %1) <{operandSegmentSizes = array<i32: 2, 2, 2, 0>}> ({
    ^bb0(%arg3: index, %arg4: index):
      "test.round"(%arg3, %arg4) : (index, index) -> ()
      "scf.reduce"() : () -> ()
    }) : (index, index, index, index, index, index) -> ()
    "scf.parallel"(%2, %1, %1) <{operandSegmentSizes = array<i32: 1, 1, 1, 0>}> ({
    ^bb0(%arg2: index):
      "test.never"(%arg2) : (index) -> ()
      "scf.reduce"() : () -> ()
    }) : (index, index, index) -> ()
    "scf.parallel"(%0, %1, %1) <{operandSegmentSizes = array<i32: 1, 1, 1, 0>}> ({
    ^bb0(%arg1: index):
      "test.once"(%arg1) : (index) -> ()
      "scf.reduce"() : () -> ()
    }) : (index, index, index) -> ()
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32) -> (i32, i32), sym_name = "equal"}> ({
  ^bb0(%arg40: i32):
    %40:2 = "scf.while"(%arg40, %arg40) ({
    ^bb0(%arg43: i32, %arg44: i32):
      %42 = "test.more"(%arg43) : (i32) -> i1
      "scf.condition"(%42, %arg43, %arg44) : (i1, i32, i32) -> ()
    }, {
    ^bb0(%arg41: i32, %arg42: i32):
      %41 = "test.next"(%arg41) : (i32) -> i32
      "scf.yield"(%41, %41) : (i32, i32) -> ()
    }) : (i32, i32) -> (i32, i32)
    "func.return"(%40#0, %40#1) : (i32, i32) -> ()
  }) : () -> ()
}) : () -> ()
// expect:
"builtin.module"() ({
  "func.func"() <{function_type = (i32, i32, index) -> (i32, i32, i32, i32), sym_name = "trips"}> ({
  ^bb0(%arg18: i32, %arg19: i32, %arg20: index):
    %17 = "arith.constant"() <{value = 0 : index}> : () -> index
    %18 = "test.once"(%17, %arg18) : (index, i32) -> i32
    "func.return"(%arg18, %18, %arg18, %arg19) : (i32, i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32, i32, index) -> (i32, i32, i32, i32), sym_name = "carried"}> ({
  ^bb0(%arg13: i32, %arg14: i32, %arg15: index):
    %13 = "arith.constant"() <{value = 0 : index}> : () -> index
    %14 = "arith.constant"() <{value = 1 : index}> : () -> index
    %15 = "scf.for"(%13, %arg15, %14, %arg14) ({
    ^bb0(%arg16: index, %arg17: i32):
      %16 = "test.round"(%arg13, %arg17, %arg17, %arg13) : (i32, i32, i32, i32) -> i32
      "scf.yield"(%16) : (i32) -> ()
    }) : (index, index, index, i32) -> i32
    "func.return"(%arg13, %15, %15, %arg13) : (i32, i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32, i32) -> (i32, i32), sym_name = "whiles"}> ({
  ^bb0(%arg9: i32, %arg10: i32):
    %10 = "scf.while"(%arg10) ({
    ^bb0(%arg12: i32):
      %12 = "test.more"(%arg9, %arg12) : (i32, i32) -> i1
      "scf.condition"(%12, %arg12) : (i1, i32) -> ()
    }, {
    ^bb0(%arg11: i32):
      %11 = "test.round"(%arg9, %arg11, %arg9) : (i32, i32, i32) -> i32
      "scf.yield"(%11) : (i32) -> ()
    }) : (i32) -> i32
    "func.return"(%10, %arg9) : (i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32, i32) -> i32, sym_name = "condition"}> ({
  ^bb0(%arg5: i32, %arg6: i32):
    %5 = "arith.constant"() <{value = false}> : () -> i1
    %6 = "arith.constant"() <{value = true}> : () -> i1
    %7 = "scf.while"(%arg6) ({
    ^bb0(%arg8: i32):
      %9 = "arith.cmpi"(%arg8, %arg5) <{predicate = 2 : i64}> : (i32, i32) -> i1
      "scf.condition"(%9, %arg8) : (i1, i32) -> ()
    }, {
    ^bb0(%arg7: i32):
      %8 = "test.round"(%arg7, %6, %6, %5) : (i32, i1, i1, i1) -> i32
      "scf.yield"(%8) : (i32) -> ()
    }) : (i32) -> i32
    "func.return"(%7) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (index) -> (), sym_name = "parallel"}> ({
  ^bb0(%arg3: index):
    %3 = "arith.constant"() <{value = 0 : index}> : () -> index
    %4 = "arith.constant"() <{value = 1 : index}> : () -> index
    "scf.parallel"(%3, %arg3, %4) <{operandSegmentSizes = array<i32: 1, 1, 1, 0>}> ({
    ^bb0(%arg4: index):
      "test.round"(%3, %arg4) : (index, index) -> ()
      "scf.reduce"() : () -> ()
    }) : (index, index, index) -> ()
    "test.once"(%3) : (index) -> ()
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32) -> (i32, i32), sym_name = "equal"}> ({
  ^bb0(%arg0: i32):
    %0 = "scf.while"(%arg0) ({
    ^bb0(%arg2: i32):
      %2 = "test.more"(%arg2) : (i32) -> i1
      "scf.condition"(%2, %arg2) : (i1, i32) -> ()
    }, {
    ^bb0(%arg1: i32):
      %1 = "test.next"(%arg1) : (i32) -> i32
      "scf.yield"(%1) : (i32) -> ()
    }) : (i32) -> i32
    "func.return"(%0, %0) : (i32, i32) -> ()
  }) : () -> ()
}) : () -> ()
