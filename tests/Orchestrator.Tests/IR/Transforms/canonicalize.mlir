// RUN: mlir-opt %s -canonicalize -mlir-print-op-generic | FileCheck %s
// RUN: mlir-opt %s -canonicalize='region-simplify=disabled' -mlir-print-op-generic | FileCheck %s --check-prefix=STRAIGHT

"builtin.module"() ({
  // Folds what is known, drops what nobody uses, and puts constants first.
  // CHECK-LABEL: sym_name = "known"
  // CHECK-NEXT: ^bb0([[A:%.*]]: i32
  // CHECK-NEXT: [[C:%.*]] = "arith.constant"() <{value = 5 : i32}>
  // CHECK-NEXT: [[R:%.*]] = "arith.addi"([[A]], [[C]])
  // CHECK-NEXT: "func.return"([[R]])
  "func.func"() <{function_type = (i32) -> i32, sym_name = "known"}> ({
  ^bb0(%arg1: i32):
    %1 = "arith.muli"(%arg1, %arg1) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %2 = "arith.constant"() <{value = 2 : i32}> : () -> i32
    %3 = "arith.constant"() <{value = 3 : i32}> : () -> i32
    %4 = "arith.addi"(%2, %3) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %5 = "arith.subi"(%4, %4) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %6 = "arith.addi"(%arg1, %5) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %7 = "arith.addi"(%4, %6) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    "func.return"(%7) : (i32) -> ()
  }) : () -> ()

  // A block and its only successor become one; an argument that nobody needs goes, unless control flow is to stay as it is.
  // CHECK-LABEL: sym_name = "chain"
  // CHECK-NOT: "cf.br"
  // CHECK: ^{{.*}}:
  // CHECK: "func.return"
  // STRAIGHT-LABEL: sym_name = "chain"
  // STRAIGHT: ^{{.*}}(%{{.*}}: i32):  // 2 preds
  // STRAIGHT: "cf.br"(%{{.*}})[
  "func.func"() <{function_type = (i32, i1) -> (), sym_name = "chain"}> ({
  ^bb0(%arg0: i32, %arg1: i1):
    "test.first"() : () -> ()
    "cf.br"()[^bb1] : () -> ()
  ^bb1:  // pred: ^bb0
    "test.second"() : () -> ()
    "cf.cond_br"(%arg1, %arg0)[^bb2, ^bb3] <{operandSegmentSizes = array<i32: 1, 1, 0>}> : (i1, i32) -> ()
  ^bb2(%0: i32):  // 2 preds: ^bb1, ^bb3
    "test.third"() : () -> ()
    "func.return"() : () -> ()
  ^bb3:  // pred: ^bb1
    "test.fourth"() : () -> ()
    "cf.br"(%arg0)[^bb2] : (i32) -> ()
  }) : () -> ()
}) : () -> ()
