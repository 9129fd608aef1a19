// Every operation of cf.
"builtin.module"() ({
  "func.func"() <{function_type = (i1, i32) -> i32, sym_name = "branches"}> ({
  ^bb0(%arg0: i1, %arg1: i32):
    "cf.assert"(%arg0) <{msg = "must hold"}> : (i1) -> ()
    "cf.cond_br"(%arg0, %arg1, %arg1)[^bb1, ^bb2] <{branch_weights = array<i32: 1, 2>, operandSegmentSizes = array<i32: 1, 2, 0>}> : (i1, i32, i32) -> ()
  ^bb1(%0: i32, %1: i32):  // 2 preds: ^bb0, ^bb2
    "cf.br"(%1)[^bb3] : (i32) -> ()
  ^bb2:  // 2 preds: ^bb0, ^bb2
    "cf.switch"(%arg1, %arg1, %arg1, %arg1)[^bb3, ^bb1, ^bb2] <{case_operand_segments = array<i32: 2, 0>, case_values = dense<[42, 43]> : vector<2xi32>, operandSegmentSizes = array<i32: 1, 1, 2>}> : (i32, i32, i32, i32) -> ()
  ^bb3(%2: i32):  // 2 preds: ^bb1, ^bb2
    "cf.switch"(%2)[^bb4] <{case_operand_segments = array<i32>, operandSegmentSizes = array<i32: 1, 0, 0>}> : (i32) -> ()
  ^bb4:  // pred: ^bb3
    "func.return"(%2) : (i32) -> ()
  }) : () -> ()
}) : () -> ()
