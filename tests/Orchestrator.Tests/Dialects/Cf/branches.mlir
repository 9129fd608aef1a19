// pipeline: canonicalize
"builtin.module"() ({
  "func.func"() <{function_type = (i32) -> i32, sym_name = "known"}> ({
  ^bb0(%arg10: i32):
    %3 = "arith.constant"() <{value = true}> : () -> i1
    "cf.assert"(%3) <{msg = "holds"}> : (i1) -> ()
    "cf.cond_br"(%3, %arg10)[^bb1, ^bb2] <{operandSegmentSizes = array<i32: 1, 1, 0>}> : (i1, i32) -> ()
  ^bb1(%4: i32):  // pred: ^bb0
    "test.first"() : () -> ()
    "func.return"(%4) : (i32) -> ()
  ^bb2:  // pred: ^bb0
    "test.second"() : () -> ()
    "func.return"(%arg10) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1, i32, i32) -> i32, sym_name = "pass_through"}> ({
  ^bb0(%arg7: i1, %arg8: i32, %arg9: i32):
    "test.before"() : () -> ()
    "cf.cond_br"(%arg7, %arg8)[^bb1, ^bb2] <{operandSegmentSizes = array<i32: 1, 1, 0>}> : (i1, i32) -> ()
  ^bb1(%1: i32):  // pred: ^bb0
    "cf.br"(%1)[^bb3] : (i32) -> ()
  ^bb2:  // pred: ^bb0
    "test.second"() : () -> ()
    "cf.br"(%arg9)[^bb3] : (i32) -> ()
  ^bb3(%2: i32):  // 2 preds: ^bb1, ^bb2
    "test.third"(%2) : (i32) -> ()
    "func.return"(%2) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1, i32, i32) -> i32, sym_name = "same_successors"}> ({
  ^bb0(%arg4: i1, %arg5: i32, %arg6: i32):
    "cf.cond_br"(%arg4, %arg5, %arg6)[^bb1, ^bb1] <{operandSegmentSizes = array<i32: 1, 1, 1>}> : (i1, i32, i32) -> ()
  ^bb1(%0: i32):  // 2 preds: ^bb0, ^bb0
    "func.return"(%0) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1, i32, i32) -> i32, sym_name = "same_condition"}> ({
  ^bb0(%arg1: i1, %arg2: i32, %arg3: i32):
    "cf.cond_br"(%arg1)[^bb1, ^bb2] <{operandSegmentSizes = array<i32: 1, 0, 0>}> : (i1) -> ()
  ^bb1:  // pred: ^bb0
    "test.first"(%arg1) : (i1) -> ()
    "cf.cond_br"(%arg1)[^bb3, ^bb4] <{operandSegmentSizes = array<i32: 1, 0, 0>}> : (i1) -> ()
  ^bb2:  // pred: ^bb0
    "test.second"(%arg1) : (i1) -> ()
    "cf.cond_br"(%arg1)[^bb3, ^bb4] <{operandSegmentSizes = array<i32: 1, 0, 0>}> : (i1) -> ()
  ^bb3:  // 2 preds: ^bb1, ^bb2
    "test.third"() : () -> ()
    "func.return"(%arg2) : (i32) -> ()
  ^bb4:  // 2 preds: ^bb1, ^bb2
    "test.fourth"() : () -> ()
    "func.return"(%arg3) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1) -> (), sym_name = "circle"}> ({
  ^bb0(%arg0: i1):
    "cf.cond_br"(%arg0)[^bb1, ^bb3] <{operandSegmentSizes = array<i32: 1, 0, 0>}> : (i1) -> ()
  ^bb1:  // 2 preds: ^bb0, ^bb2
    "cf.br"()[^bb2] : () -> ()
  ^bb2:  // pred: ^bb1
    "cf.br"()[^bb1] : () -> ()
  ^bb3:  // pred: ^bb0
    "test.out"() : () -> ()
    "func.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
// expect:
"builtin.module"() ({
  "func.func"() <{function_type = (i32) -> i32, sym_name = "known"}> ({
  ^bb0(%arg10: i32):
    "test.first"() : () -> ()
    "func.return"(%arg10) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1, i32, i32) -> i32, sym_name = "pass_through"}> ({
  ^bb0(%arg7: i1, %arg8: i32, %arg9: i32):
    "test.before"() : () -> ()
    "cf.cond_br"(%arg7, %arg8)[^bb2, ^bb1] <{operandSegmentSizes = array<i32: 1, 1, 0>}> : (i1, i32) -> ()
  ^bb1:  // pred: ^bb0
    "test.second"() : () -> ()
    "cf.br"(%arg9)[^bb2] : (i32) -> ()
  ^bb2(%3: i32):  // 2 preds: ^bb0, ^bb1
    "test.third"(%3) : (i32) -> ()
    "func.return"(%3) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1, i32, i32) -> i32, sym_name = "same_successors"}> ({
  ^bb0(%arg4: i1, %arg5: i32, %arg6: i32):
    %2 = "arith.select"(%arg4, %arg5, %arg6) : (i1, i32, i32) -> i32
    "func.return"(%2) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1, i32, i32) -> i32, sym_name = "same_condition"}> ({
  ^bb0(%arg1: i1, %arg2: i32, %arg3: i32):
    %0 = "arith.constant"() <{value = false}> : () -> i1
    %1 = "arith.constant"() <{value = true}> : () -> i1
    "cf.cond_br"(%arg1)[^bb1, ^bb2] <{operandSegmentSizes = array<i32: 1, 0, 0>}> : (i1) -> ()
  ^bb1:  // pred: ^bb0
    "test.first"(%1) : (i1) -> ()
    "test.third"() : () -> ()
    "func.return"(%arg2) : (i32) -> ()
  ^bb2:  // pred: ^bb0
    "test.second"(%0) : (i1) -> ()
    "test.fourth"() : () -> ()
    "func.return"(%arg3) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1) -> (), sym_name = "circle"}> ({
  ^bb0(%arg0: i1):
    "cf.cond_br"(%arg0)[^bb1, ^bb2] <{operandSegmentSizes = array<i32: 1, 0, 0>}> : (i1) -> ()
  ^bb1:  // 2 preds: ^bb0, ^bb1
    "cf.br"()[^bb1] : () -> ()
  ^bb2:  // pred: ^bb0
    "test.out"() : () -> ()
    "func.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
