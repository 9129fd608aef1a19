// Each part breaks one rule of cf.
"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{hands 0 values to successor 0, which takes 1}}
    "cf.br"()[^bb1] : () -> ()
  ^bb1(%z: i32):
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i64) -> (), sym_name = "f"}> ({
  ^bb0(%l: i64):
    // expected-error@+1 {{hands i64 to successor 0 as argument 0, which is i32}}
    "cf.br"(%l)[^bb1] : (i64) -> ()
  ^bb1(%z: i32):
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{branches on i32}}
    "cf.cond_br"(%a, %a, %a)[^bb1, ^bb1] <{operandSegmentSizes = array<i32: 1, 1, 1>}> : (i32, i32, i32) -> ()
  ^bb1(%z: i32):
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i1, i32) -> (), sym_name = "f"}> ({
  ^bb0(%c: i1, %a: i32):
    // expected-error@+1 {{has operandSegmentSizes = array<i32: 1, 1, 2> for 3 operands in 3 groups}}
    "cf.cond_br"(%c, %a, %a)[^bb1, ^bb1] <{operandSegmentSizes = array<i32: 1, 1, 2>}> : (i1, i32, i32) -> ()
  ^bb1(%z: i32):
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i1, i32) -> (), sym_name = "f"}> ({
  ^bb0(%c: i1, %a: i32):
    // expected-error@+1 {{has 1 successors, but takes 2}}
    "cf.cond_br"(%c, %a, %a)[^bb1] <{operandSegmentSizes = array<i32: 1, 1, 1>}> : (i1, i32, i32) -> ()
  ^bb1(%z: i32):
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i1, i32) -> (), sym_name = "f"}> ({
  ^bb0(%c: i1, %a: i32):
    // expected-error@+1 {{has branch_weights = array<i32: 1>}}
    "cf.cond_br"(%c, %a, %a)[^bb1, ^bb1] <{branch_weights = array<i32: 1>, operandSegmentSizes = array<i32: 1, 1, 1>}> : (i1, i32, i32) -> ()
  ^bb1(%z: i32):
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (f32, i32) -> (), sym_name = "f"}> ({
  ^bb0(%x: f32, %a: i32):
    // expected-error@+1 {{switches on f32 to 1 blocks}}
    "cf.switch"(%x, %a)[^bb1] <{case_operand_segments = array<i32>, operandSegmentSizes = array<i32: 1, 1, 0>}> : (f32, i32) -> ()
  ^bb1(%z: i32):
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{has 1 cases, but case_values = nothing}}
    "cf.switch"(%a, %a, %a)[^bb1, ^bb1] <{case_operand_segments = array<i32: 1>, operandSegmentSizes = array<i32: 1, 1, 1>}> : (i32, i32, i32) -> ()
  ^bb1(%z: i32):
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{has 1 cases, but case_values = dense<1> : vector<1xi64>}}
    "cf.switch"(%a, %a, %a)[^bb1, ^bb1] <{case_operand_segments = array<i32: 1>, case_values = dense<1> : vector<1xi64>, operandSegmentSizes = array<i32: 1, 1, 1>}> : (i32, i32, i32) -> ()
  ^bb1(%z: i32):
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{has case_operand_segments = array<i32: 0> for 1 operands in 1 groups}}
    "cf.switch"(%a, %a, %a)[^bb1, ^bb1] <{case_operand_segments = array<i32: 0>, case_values = dense<1> : vector<1xi32>, operandSegmentSizes = array<i32: 1, 1, 1>}> : (i32, i32, i32) -> ()
  ^bb1(%z: i32):
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{asserts i32}}
    "cf.assert"(%a) <{msg = "no"}> : (i32) -> ()
    "func.return"() : () -> ()
}) : () -> ()
