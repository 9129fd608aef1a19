// RUN: mlir-opt %s -canonicalize -mlir-print-op-generic | FileCheck %s
// RUN: mlir-opt %s -canonicalize='region-simplify=disabled' -mlir-print-op-generic | FileCheck %s --check-prefix=STRAIGHT

"builtin.module"() ({
  // Folds what is known, drops what nobody uses, and puts constants first.
  // CHECK-LABEL: func.func @known(
  // CHECK-SAME: [[A:%.*]]: i32
  // CHECK-NEXT: [[C:%.*]] = arith.constant 5 : i32
  // CHECK-NEXT: [[R:%.*]] = arith.addi [[A]], [[C]] : i32
  // CHECK-NEXT: return [[R]] : i32
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
  // A block and its only successor become one, unless control flow is to stay as it is.
  // CHECK-LABEL: func.func @chain(
  // CHECK-NOT: cf.br
  // CHECK: return
  // STRAIGHT-LABEL: func.func @chain(
  // STRAIGHT: cf.br
  "func.func"() <{function_type = (i32) -> i32, sym_name = "chain"}> ({
  ^bb0(%arg0: i32):
    "test.first"() : () -> ()
    "cf.br"(%arg0)[^bb1] : (i32) -> ()
  ^bb1(%0: i32):  // pred: ^bb0
    "test.second"() : () -> ()
    "func.return"(%0) : (i32) -> ()
  }) : () -> ()
}) : () -> ()
