// Every operation of scf.
"builtin.module"() ({
  "func.func"() <{function_type = (i1, i32, index, tensor<4xi32>) -> i32, sym_name = "control"}> ({
  ^bb0(%arg0: i1, %arg1: i32, %arg2: index, %arg3: tensor<4xi32>):
    %0 = "scf.execute_region"() ({
      "cf.cond_br"(%arg0)[^bb1, ^bb2] <{operandSegmentSizes = array<i32: 1, 0, 0>}> : (i1) -> ()
    ^bb1:  // pred: ^bb0
      "scf.yield"(%arg1) : (i32) -> ()
    ^bb2:  // pred: ^bb0
      "scf.yield"(%arg1) : (i32) -> ()
    }) : () -> i32
    "scf.execute_region"() <{no_inline}> ({
      "scf.yield"() : () -> ()
    }) : () -> ()
    %1 = "scf.for"(%arg2, %arg2, %arg2, %arg1) ({
    ^bb0(%arg16: index, %arg17: i32):
      "scf.yield"(%arg17) : (i32) -> ()
    }) : (index, index, index, i32) -> i32
    "scf.for"(%arg1, %arg1, %arg1) <{unsignedCmp}> ({
    ^bb0(%arg15: i32):
      "scf.yield"() : () -> ()
    }) : (i32, i32, i32) -> ()
    "scf.if"(%arg0) ({
      "scf.yield"() : () -> ()
    }, {
    }) : (i1) -> ()
    %2:2 = "scf.if"(%arg0) ({
      "scf.yield"(%arg1, %arg0) : (i32, i1) -> ()
    }, {
      "scf.yield"(%arg1, %arg0) : (i32, i1) -> ()
    }) : (i1) -> (i32, i1)
    "scf.index_switch"(%arg2) <{cases = array<i64: 2, 5>}> ({
      "scf.yield"() : () -> ()
    }, {
      "scf.yield"() : () -> ()
    }, {
      "scf.yield"() : () -> ()
    }) : (index) -> ()
    %3 = "scf.index_switch"(%arg2) <{cases = array<i64: 2>}> ({
      "scf.yield"(%arg1) : (i32) -> ()
    }, {
      "scf.yield"(%arg1) : (i32) -> ()
    }) : (index) -> i32
    "scf.parallel"(%arg2, %arg2, %arg2, %arg2, %arg2, %arg2) <{operandSegmentSizes = array<i32: 2, 2, 2, 0>}> ({
    ^bb0(%arg13: index, %arg14: index):
      "scf.reduce"() : () -> ()
    }) : (index, index, index, index, index, index) -> ()
    %4 = "scf.parallel"(%arg2, %arg2, %arg2, %arg1) <{operandSegmentSizes = array<i32: 1, 1, 1, 1>}> ({
    ^bb0(%arg10: index):
      "scf.reduce"(%arg1) ({
      ^bb0(%arg11: i32, %arg12: i32):
        %7 = "arith.addi"(%arg11, %arg12) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
        "scf.reduce.return"(%7) : (i32) -> ()
      }) : (i32) -> ()
    }) : (index, index, index, i32) -> i32
    %5 = "scf.while"(%arg1) ({
    ^bb0(%arg9: i32):
      "scf.condition"(%arg0, %arg9) : (i1, i32) -> ()
    }, {
    ^bb0(%arg8: i32):
      "scf.yield"(%arg8) : (i32) -> ()
    }) : (i32) -> i32
    "scf.forall"(%arg2) <{operandSegmentSizes = array<i32: 0, 1, 0, 0>, staticLowerBound = array<i64: 0>, staticStep = array<i64: 1>, staticUpperBound = array<i64: -9223372036854775808>}> ({
    ^bb0(%arg7: index):
      "scf.forall.in_parallel"() ({
      ^bb0:
      }) : () -> ()
    }) : (index) -> ()
    %6 = "scf.forall"(%arg2, %arg2, %arg3) <{mapping = [], operandSegmentSizes = array<i32: 1, 1, 0, 1>, staticLowerBound = array<i64: 0, -9223372036854775808>, staticStep = array<i64: 1, 1>, staticUpperBound = array<i64: -9223372036854775808, 4>}> ({
    ^bb0(%arg4: index, %arg5: index, %arg6: tensor<4xi32>):
      "scf.forall.in_parallel"() ({
      ^bb0:
      }) : () -> ()
    }) : (index, index, tensor<4xi32>) -> tensor<4xi32>
    "func.return"(%5) : (i32) -> ()
  }) : () -> ()
}) : () -> ()
