// pipeline: canonicalize
"builtin.module"() ({
  "func.func"() <{function_type = (i32) -> i32, sym_name = "known"}> ({
  ^bb0(%arg7: i32):
    %5 = "arith.constant"() <{value = 43 : i32}> : () -> i32
    "cf.switch"(%5, %arg7, %5)[^bb1, ^bb2, ^bb2] <{case_operand_segments = array<i32: 1, 1>, case_values = dense<[42, 43]> : vector<2xi32>, operandSegmentSizes = array<i32: 1, 0, 2>}> : (i32, i32, i32) -> ()
  ^bb1:  // pred: ^bb0
    "test.first"() : () -> ()
    "func.return"(%arg7) : (i32) -> ()
  ^bb2(%6: i32):  // 2 preds: ^bb0, ^bb0
    "test.second"() : () -> ()
    "func.return"(%6) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32) -> i32, sym_name = "only_default"}> ({
  ^bb0(%arg6: i32):
    "cf.switch"(%arg6, %arg6)[^bb1] <{case_operand_segments = array<i32>, operandSegmentSizes = array<i32: 1, 1, 0>}> : (i32, i32) -> ()
  ^bb1(%4: i32):  // pred: ^bb0
    "test.first"() : () -> ()
    "func.return"(%4) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32, i32) -> i32, sym_name = "as_default"}> ({
  ^bb0(%arg4: i32, %arg5: i32):
    "cf.switch"(%arg4, %arg5, %arg4, %arg5, %arg4)[^bb1, ^bb2, ^bb1, ^bb1] <{case_operand_segments = array<i32: 1, 1, 1>, case_values = dense<[1, 2, 3]> : vector<3xi32>, operandSegmentSizes = array<i32: 1, 1, 3>}> : (i32, i32, i32, i32, i32) -> ()
  ^bb1(%2: i32):  // 3 preds: ^bb0, ^bb0, ^bb0
    "test.first"() : () -> ()
    "func.return"(%2) : (i32) -> ()
  ^bb2(%3: i32):  // pred: ^bb0
    "test.second"() : () -> ()
    "func.return"(%3) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32, i32) -> i32, sym_name = "pass_through"}> ({
  ^bb0(%arg2: i32, %arg3: i32):
    "cf.switch"(%arg2, %arg3, %arg2)[^bb1, ^bb2, ^bb3] <{case_operand_segments = array<i32: 1, 0>, case_values = dense<[1, 7]> : vector<2xi32>, operandSegmentSizes = array<i32: 1, 1, 1>}> : (i32, i32, i32) -> ()
  ^bb1(%0: i32):  // 2 preds: ^bb0, ^bb2
    "test.first"() : () -> ()
    "func.return"(%0) : (i32) -> ()
  ^bb2(%1: i32):  // pred: ^bb0
    "cf.br"(%1)[^bb1] : (i32) -> ()
  ^bb3:  // pred: ^bb0
    "test.third"() : () -> ()
    "func.return"(%arg3) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32, i32) -> i32, sym_name = "same_number"}> ({
  ^bb0(%arg0: i32, %arg1: i32):
    "cf.switch"(%arg0)[^bb1, ^bb2, ^bb3] <{case_operand_segments = array<i32: 0, 0>, case_values = dense<[1, 7]> : vector<2xi32>, operandSegmentSizes = array<i32: 1, 0, 0>}> : (i32) -> ()
  ^bb1:  // pred: ^bb0
    "test.first"() : () -> ()
    "cf.switch"(%arg0)[^bb3, ^bb4, ^bb5] <{case_operand_segments = array<i32: 0, 0>, case_values = dense<[1, 9]> : vector<2xi32>, operandSegmentSizes = array<i32: 1, 0, 0>}> : (i32) -> ()
  ^bb2:  // pred: ^bb0
    "test.second"() : () -> ()
    "cf.switch"(%arg0)[^bb3, ^bb4, ^bb5] <{case_operand_segments = array<i32: 0, 0>, case_values = dense<[1, 9]> : vector<2xi32>, operandSegmentSizes = array<i32: 1, 0, 0>}> : (i32) -> ()
  ^bb3:  // 3 preds: ^bb0, ^bb1, ^bb2
    "test.third"() : () -> ()
    "func.return"(%arg1) : (i32) -> ()
  ^bb4:  // 2 preds: ^bb1, ^bb2
    "test.fourth"() : () -> ()
    "func.return"(%arg0) : (i32) -> ()
  ^bb5:  // 2 preds: ^bb1, ^bb2
    "test.fifth"() : () -> ()
    "func.return"(%arg0) : (i32) -> ()
  }) : () -> ()
}) : () -> ()
// expect:
"builtin.module"() ({
  "func.func"() <{function_type = (i32) -> i32, sym_name = "known"}> ({
  ^bb0(%arg7: i32):
    %3 = "arith.constant"() <{value = 43 : i32}> : () -> i32
    "test.second"() : () -> ()
    "func.return"(%3) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32) -> i32, sym_name = "only_default"}> ({
  ^bb0(%arg6: i32):
    "test.first"() : () -> ()
    "func.return"(%arg6) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32, i32) -> i32, sym_name = "as_default"}> ({
  ^bb0(%arg4: i32, %arg5: i32):
    "cf.switch"(%arg4, %arg5, %arg4, %arg4)[^bb1, ^bb2, ^bb1] <{case_operand_segments = array<i32: 1, 1>, case_values = dense<[1, 3]> : vector<2xi32>, operandSegmentSizes = array<i32: 1, 1, 2>}> : (i32, i32, i32, i32) -> ()
  ^bb1(%1: i32):  // 2 preds: ^bb0, ^bb0
    "test.first"() : () -> ()
    "func.return"(%1) : (i32) -> ()
  ^bb2(%2: i32):  // pred: ^bb0
    "test.second"() : () -> ()
    "func.return"(%2) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32, i32) -> i32, sym_name = "pass_through"}> ({
  ^bb0(%arg2: i32, %arg3: i32):
    "cf.switch"(%arg2, %arg3, %arg2)[^bb1, ^bb1, ^bb2] <{case_operand_segments = array<i32: 1, 0>, case_values = dense<[1, 7]> : vector<2xi32>, operandSegmentSizes = array<i32: 1, 1, 1>}> : (i32, i32, i32) -> ()
  ^bb1(%0: i32):  // 2 preds: ^bb0, ^bb0
    "test.first"() : () -> ()
    "func.return"(%0) : (i32) -> ()
  ^bb2:  // pred: ^bb0
    "test.third"() : () -> ()
    "func.return"(%arg3) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32, i32) -> i32, sym_name = "same_number"}> ({
  ^bb0(%arg0: i32, %arg1: i32):
    "cf.switch"(%arg0)[^bb1, ^bb2, ^bb3] <{case_operand_segments = array<i32: 0, 0>, case_values = dense<[1, 7]> : vector<2xi32>, operandSegmentSizes = array<i32: 1, 0, 0>}> : (i32) -> ()
  ^bb1:  // pred: ^bb0
    "test.first"() : () -> ()
    "cf.switch"(%arg0)[^bb3, ^bb4] <{case_operand_segments = array<i32: 0>, case_values = dense<9> : vector<1xi32>, operandSegmentSizes = array<i32: 1, 0, 0>}> : (i32) -> ()
  ^bb2:  // pred: ^bb0
    "test.second"() : () -> ()
    "test.fourth"() : () -> ()
    "func.return"(%arg0) : (i32) -> ()
  ^bb3:  // 2 preds: ^bb0, ^bb1
    "test.third"() : () -> ()
    "func.return"(%arg1) : (i32) -> ()
  ^bb4:  // pred: ^bb1
    "test.fifth"() : () -> ()
    "func.return"(%arg0) : (i32) -> ()
  }) : () -> ()
}) : () -> ()
