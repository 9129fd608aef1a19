// pipeline: canonicalize
"builtin.module"() ({
  "func.func"() <{function_type = (index, i32) -> (i32, i32, i32), sym_name = "switches"}> ({
  ^bb0(%arg3: index, %arg4: i32):
    %5 = "arith.constant"() <{value = 5 : index}> : () -> index
    %6 = "scf.index_switch"(%5) <{cases = array<i64: 2, 5>}> ({
      "scf.yield"(%arg4) : (i32) -> ()
    }, {
      "scf.yield"(%arg4) : (i32) -> ()
    }, {
      %13 = "test.five"() : () -> i32
      "scf.yield"(%13) : (i32) -> ()
    }) : (index) -> i32
    %7 = "scf.index_switch"(%5) <{cases = array<i64: 2>}> ({
      %12 = "test.other"() : () -> i32
      "scf.yield"(%12) : (i32) -> ()
    }, {
      "scf.yield"(%arg4) : (i32) -> ()
    }) : (index) -> i32
    %8:3 = "scf.index_switch"(%arg3) <{cases = array<i64: 2>}> ({
      %11 = "test.b"() : () -> i32
      "scf.yield"(%11, %arg4, %arg4) : (i32, i32, i32) -> ()
    }, {
      %10 = "test.a"() : () -> i32
      "scf.yield"(%10, %10, %arg4) : (i32, i32, i32) -> ()
    }) : (index) -> (i32, i32, i32)
    %9 = "arith.addi"(%8#0, %8#2) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    "func.return"(%6, %7, %9) : (i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1, i32, i32) -> (i32, i32, i32), sym_name = "execute"}> ({
  ^bb0(%arg0: i1, %arg1: i32, %arg2: i32):
    %0 = "scf.execute_region"() ({
      %4 = "test.a"() : () -> i32
      "scf.yield"(%4) : (i32) -> ()
    }) : () -> i32
    %1 = "scf.execute_region"() ({
      "cf.cond_br"(%arg0)[^bb1, ^bb2] <{operandSegmentSizes = array<i32: 1, 0, 0>}> : (i1) -> ()
    ^bb1:  // pred: ^bb0
      "test.b"() : () -> ()
      "scf.yield"(%arg1) : (i32) -> ()
    ^bb2:  // pred: ^bb0
      "test.c"() : () -> ()
      "scf.yield"(%arg2) : (i32) -> ()
    }) : () -> i32
    %2 = "scf.execute_region"() <{no_inline}> ({
      %3 = "test.d"() : () -> i32
      "scf.yield"(%3) : (i32) -> ()
    }) : () -> i32
    "func.return"(%0, %1, %2) : (i32, i32, i32) -> ()
  }) : () -> ()
}) : () -> ()
// expect:
"builtin.module"() ({
  "func.func"() <{function_type = (index, i32) -> (i32, i32, i32), sym_name = "switches"}> ({
  ^bb0(%arg3: index, %arg4: i32):
    %4 = "test.five"() : () -> i32
    %5 = "test.other"() : () -> i32
    %6 = "scf.index_switch"(%arg3) <{cases = array<i64: 2>}> ({
      %9 = "test.b"() : () -> i32
      "scf.yield"(%9) : (i32) -> ()
    }, {
      %8 = "test.a"() : () -> i32
      "scf.yield"(%8) : (i32) -> ()
    }) : (index) -> i32
    %7 = "arith.addi"(%6, %arg4) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    "func.return"(%4, %5, %7) : (i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1, i32, i32) -> (i32, i32, i32), sym_name = "execute"}> ({
  ^bb0(%arg0: i1, %arg1: i32, %arg2: i32):
    %0 = "test.a"() : () -> i32
    "cf.cond_br"(%arg0)[^bb1, ^bb2] <{operandSegmentSizes = array<i32: 1, 0, 0>}> : (i1) -> ()
  ^bb1:  // pred: ^bb0
    "test.b"() : () -> ()
    "cf.br"(%arg1)[^bb3] : (i32) -> ()
  ^bb2:  // pred: ^bb0
    "test.c"() : () -> ()
    "cf.br"(%arg2)[^bb3] : (i32) -> ()
  ^bb3(%1: i32):  // 2 preds: ^bb1, ^bb2
    %2 = "scf.execute_region"() <{no_inline}> ({
      %3 = "test.d"() : () -> i32
      "scf.yield"(%3) : (i32) -> ()
    }) : () -> i32
    "func.return"(%0, %1, %2) : (i32, i32, i32) -> ()
  }) : () -> ()
}) : () -> ()
