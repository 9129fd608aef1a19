// RUN: mlir-opt %s -cse -mlir-print-op-generic | FileCheck %s

"builtin.module"() ({
  // What is computed before on every way is computed once; what is computed on one way only stays on it.
  // CHECK-LABEL: sym_name = "ways"
  // CHECK-NEXT: ^bb0([[A:%.*]]: i32, [[C:%.*]]: i1
  // CHECK-NEXT: [[SUM:%.*]] = "arith.addi"([[A]], [[A]])
  // CHECK-NEXT: "cf.cond_br"([[C]])[^[[LEFT:[a-z0-9]+]], ^[[RIGHT:[a-z0-9]+]]]
  // CHECK: ^[[LEFT]]:
  // CHECK-NEXT: [[PRODUCT:%.*]] = "arith.muli"([[SUM]], [[SUM]])
  // CHECK-NEXT: "func.return"([[PRODUCT]])
  // CHECK: ^[[RIGHT]]:
  // CHECK-NEXT: [[OTHER:%.*]] = "arith.muli"([[SUM]], [[SUM]])
  // CHECK-NEXT: "func.return"([[OTHER]])
  "func.func"() <{function_type = (i32, i1) -> i32, sym_name = "ways"}> ({
  ^bb0(%arg2: i32, %arg3: i1):
    %2 = "arith.addi"(%arg2, %arg2) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    "cf.cond_br"(%arg3)[^bb1, ^bb2] <{operandSegmentSizes = array<i32: 1, 0, 0>}> : (i1) -> ()
  ^bb1:  // pred: ^bb0
    %3 = "arith.addi"(%arg2, %arg2) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %4 = "arith.muli"(%2, %3) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    "func.return"(%4) : (i32) -> ()
  ^bb2:  // pred: ^bb0
    %5 = "arith.addi"(%arg2, %arg2) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %6 = "arith.muli"(%5, %2) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    "func.return"(%6) : (i32) -> ()
  }) : () -> ()

  // A call may do anything, so two of them are two.
  // CHECK-LABEL: sym_name = "calls"
  // CHECK-COUNT-2: "func.call"({{.*}}) <{callee = @ways}>
  // CHECK-NOT: "func.call"
  "func.func"() <{function_type = (i32, i1) -> (i32, i32), sym_name = "calls"}> ({
  ^bb0(%arg0: i32, %arg1: i1):
    %0 = "func.call"(%arg0, %arg1) <{callee = @ways}> : (i32, i1) -> i32
    %1 = "func.call"(%arg0, %arg1) <{callee = @ways}> : (i32, i1) -> i32
    "func.return"(%0, %1) : (i32, i32) -> ()
  }) : () -> ()
}) : () -> ()
