// Each part breaks one rule of scf.
"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{chooses by i32}}
    "scf.if"(%a) ({
      "scf.yield"() : () -> ()
    }, {
    }) : (i32) -> ()
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i1, i32) -> (), sym_name = "f"}> ({
  ^bb0(%c: i1, %a: i32):
    // expected-error@+1 {{gives results but has no region for the other case}}
    %0 = "scf.if"(%c) ({
      "scf.yield"(%a) : (i32) -> ()
    }, {
    }) : (i1) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i1, i32, i64) -> (), sym_name = "f"}> ({
  ^bb0(%c: i1, %a: i32, %l: i64):
    %0 = "scf.if"(%c) ({
      // expected-error@+1 {{yields i64 as value 0, but the result is i32}}
      "scf.yield"(%l) : (i64) -> ()
    }, {
      "scf.yield"(%a) : (i32) -> ()
    }) : (i1) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i1, i32) -> (), sym_name = "f"}> ({
  ^bb0(%c: i1, %a: i32):
    %0 = "scf.if"(%c) ({
      // expected-error@+1 {{yields 0 values for 1}}
      "scf.yield"() : () -> ()
    }, {
      "scf.yield"(%a) : (i32) -> ()
    }) : (i1) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i1) -> (), sym_name = "f"}> ({
  ^bb0(%c: i1):
    "scf.if"(%c) ({
      // expected-error@+2 {{stands outside a loop}}
      // expected-error@+1 {{does not end a region of 'scf.if'}}
      "scf.condition"(%c) : (i1) -> ()
    }, {
    }) : (i1) -> ()
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i1) -> (), sym_name = "f"}> ({
  ^bb0(%c: i1):
    // expected-error@+1 {{stands in no region that yields}}
    "scf.yield"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32, index) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32, %i: index):
    // expected-error@+1 {{counts from index to i32 by index}}
    "scf.for"(%i, %a, %i) ({
    ^bb0(%k: index):
      "scf.yield"() : () -> ()
    }) : (index, i32, index) -> ()
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32, index) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32, %i: index):
    // expected-error@+1 {{does not hand its number, a index, to the body}}
    "scf.for"(%i, %i, %i) ({
    ^bb0(%k: i32):
      "scf.yield"() : () -> ()
    }) : (index, index, index) -> ()
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32, index) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32, %i: index):
    // expected-error@+1 {{hands the body 1 values for 0}}
    %0 = "scf.for"(%i, %i, %i, %a) ({
    ^bb0(%k: index):
      "scf.yield"(%a) : (i32) -> ()
    }) : (index, index, index, i32) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32, index, i64) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32, %i: index, %l: i64):
    // expected-error@+1 {{starts with i32 as value 0, but the result is i64}}
    %0 = "scf.for"(%i, %i, %i, %a) ({
    ^bb0(%k: index, %t: i32):
      "scf.yield"(%l) : (i64) -> ()
    }) : (index, index, index, i32) -> i64
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32, index, i64) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32, %i: index, %l: i64):
    %0 = "scf.for"(%i, %i, %i, %a) ({
    ^bb0(%k: index, %t: i32):
      // expected-error@+1 {{yields i64 as value 0, but the result is i32}}
      "scf.yield"(%l) : (i64) -> ()
    }) : (index, index, index, i32) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    %0 = "scf.while"(%a) ({
    ^bb0(%t: i32):
      // expected-error@+1 {{does not end a region of 'scf.while'}}
      "scf.yield"(%t) : (i32) -> ()
    }, {
    ^bb0(%t: i32):
      "scf.yield"(%t) : (i32) -> ()
    }) : (i32) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i1, i32) -> (), sym_name = "f"}> ({
  ^bb0(%c: i1, %a: i32):
    %0 = "scf.while"(%a) ({
    ^bb0(%t: i32):
      // expected-error@+1 {{hands on i32 as value 0, but the result is i64}}
      "scf.condition"(%c, %t) : (i1, i32) -> ()
    }, {
    ^bb0(%t: i32):
      "scf.yield"(%t) : (i32) -> ()
    }) : (i32) -> i64
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    %0 = "scf.while"(%a) ({
    ^bb0(%t: i32):
      // expected-error@+1 {{decides by i32}}
      "scf.condition"(%a, %t) : (i32, i32) -> ()
    }, {
    ^bb0(%t: i32):
      "scf.yield"(%t) : (i32) -> ()
    }) : (i32) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i1, i32) -> (), sym_name = "f"}> ({
  ^bb0(%c: i1, %a: i32):
    // expected-error@+1 {{hands its first region 0 values for 1}}
    "scf.while"() ({
    ^bb0(%t: i32):
      "scf.condition"(%c) : (i1) -> ()
    }, {
      "scf.yield"(%a) : (i32) -> ()
    }) : () -> ()
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i1, i32) -> (), sym_name = "f"}> ({
  ^bb0(%c: i1, %a: i32):
    %0 = "scf.while"(%a) ({
    ^bb0(%t: i32):
      "scf.condition"(%c, %t) : (i1, i32) -> ()
    }, {
    ^bb0(%t: i32):
      // expected-error@+1 {{yields 0 values for 1}}
      "scf.yield"() : () -> ()
    }) : (i32) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (index) -> (), sym_name = "f"}> ({
  ^bb0(%i: index):
    // expected-error@+1 {{has cases array<i64: 1, 2> for 2 regions}}
    "scf.index_switch"(%i) <{cases = array<i64: 1, 2>}> ({
      "scf.yield"() : () -> ()
    }, {
      "scf.yield"() : () -> ()
    }) : (index) -> ()
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (index) -> (), sym_name = "f"}> ({
  ^bb0(%i: index):
    // expected-error@+1 {{has the case 1 twice}}
    "scf.index_switch"(%i) <{cases = array<i64: 1, 1>}> ({
      "scf.yield"() : () -> ()
    }, {
      "scf.yield"() : () -> ()
    }, {
      "scf.yield"() : () -> ()
    }) : (index) -> ()
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{takes an index as operand 'number' (0), found i32}}
    "scf.index_switch"(%a) <{cases = array<i64>}> ({
      "scf.yield"() : () -> ()
    }) : (i32) -> ()
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = () -> (), sym_name = "f"}> ({
    // expected-error@+1 {{has an empty region}}
    "scf.execute_region"() ({
    }) : () -> ()
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i64) -> (), sym_name = "f"}> ({
  ^bb0(%l: i64):
    %0 = "scf.execute_region"() ({
      // expected-error@+1 {{yields i64 as value 0, but the result is i32}}
      "scf.yield"(%l) : (i64) -> ()
    }) : () -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (index) -> (), sym_name = "f"}> ({
  ^bb0(%i: index):
    // expected-error@+1 {{has no step}}
    "scf.parallel"(%i, %i) <{operandSegmentSizes = array<i32: 1, 1, 0, 0>}> ({
    ^bb0(%k: index):
      "scf.reduce"() : () -> ()
    }) : (index, index) -> ()
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (index) -> (), sym_name = "f"}> ({
  ^bb0(%i: index):
    // expected-error@+1 {{hands 1 numbers to a body with 0 arguments}}
    "scf.parallel"(%i, %i, %i) <{operandSegmentSizes = array<i32: 1, 1, 1, 0>}> ({
      "scf.reduce"() : () -> ()
    }) : (index, index, index) -> ()
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{counts with i32}}
    "scf.parallel"(%a, %a, %a) <{operandSegmentSizes = array<i32: 1, 1, 1, 0>}> ({
    ^bb0(%k: index):
      "scf.reduce"() : () -> ()
    }) : (i32, i32, i32) -> ()
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (index) -> (), sym_name = "f"}> ({
  ^bb0(%i: index):
    "scf.parallel"(%i, %i, %i) <{operandSegmentSizes = array<i32: 1, 1, 1, 0>}> ({
    ^bb0(%k: index):
      // expected-error@+2 {{stands in no region that yields}}
      // expected-error@+1 {{does not end a region of 'scf.parallel'}}
      "scf.yield"() : () -> ()
    }) : (index, index, index) -> ()
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (index, i32) -> (), sym_name = "f"}> ({
  ^bb0(%i: index, %a: i32):
    %0 = "scf.parallel"(%i, %i, %i, %a) <{operandSegmentSizes = array<i32: 1, 1, 1, 1>}> ({
    ^bb0(%k: index):
      // expected-error@+1 {{reduces 0 values for 1}}
      "scf.reduce"() : () -> ()
    }) : (index, index, index, i32) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (index, i32) -> (), sym_name = "f"}> ({
  ^bb0(%i: index, %a: i32):
    %0 = "scf.parallel"(%i, %i, %i, %a) <{operandSegmentSizes = array<i32: 1, 1, 1, 1>}> ({
    ^bb0(%k: index):
      // expected-error@+1 {{has 0 regions for 1 values}}
      "scf.reduce"(%a) : (i32) -> ()
    }) : (index, index, index, i32) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (index, i32) -> (), sym_name = "f"}> ({
  ^bb0(%i: index, %a: i32):
    %0 = "scf.parallel"(%i, %i, %i, %a) <{operandSegmentSizes = array<i32: 1, 1, 1, 1>}> ({
    ^bb0(%k: index):
      "scf.reduce"(%a) ({
      ^bb0(%l: i32, %r: i32):
        // expected-error@+1 {{combines i32 and i32 to index, but value 0 is i32}}
        "scf.reduce.return"(%k) : (index) -> ()
      }) : (i32) -> ()
    }) : (index, index, index, i32) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = () -> (), sym_name = "f"}> ({
    // expected-error@+1 {{has bounds array<i64: 0> to array<i64: -9223372036854775808> by array<i64: 1> with operands array<i32: 0, 0, 0, 0>}}
    "scf.forall"() <{operandSegmentSizes = array<i32: 0, 0, 0, 0>, staticLowerBound = array<i64: 0>, staticStep = array<i64: 1>, staticUpperBound = array<i64: -9223372036854775808>}> ({
    ^bb0(%k: index):
      "scf.forall.in_parallel"() ({
      ^bb0:
      }) : () -> ()
    }) : () -> ()
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = () -> (), sym_name = "f"}> ({
    "scf.forall"() <{operandSegmentSizes = array<i32: 0, 0, 0, 0>, staticLowerBound = array<i64: 0>, staticStep = array<i64: 1>, staticUpperBound = array<i64: 4>}> ({
    ^bb0(%k: index):
      // expected-error@+2 {{stands in no region that yields}}
      // expected-error@+1 {{does not end a region of 'scf.forall'}}
      "scf.yield"() : () -> ()
    }) : () -> ()
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = () -> (), sym_name = "f"}> ({
    // expected-error@+1 {{hands the body 0 values for 1}}
    "scf.forall"() <{operandSegmentSizes = array<i32: 0, 0, 0, 0>, staticLowerBound = array<i64: 0>, staticStep = array<i64: 1>, staticUpperBound = array<i64: 4>}> ({
    ^bb0(%k: index, %t: tensor<4xi32>):
      "scf.forall.in_parallel"() ({
      ^bb0:
      }) : () -> ()
    }) : () -> ()
    "func.return"() : () -> ()
}) : () -> ()
