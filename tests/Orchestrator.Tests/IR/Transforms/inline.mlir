// RUN: mlir-opt %s -inline -mlir-print-op-generic | FileCheck %s
// RUN: mlir-opt %s -inline='default-pipeline=' -mlir-print-op-generic | FileCheck %s --check-prefix=PLAIN

"builtin.module"() ({
  // Callees first: by the time it is copied, @twice is its own body. A private function that nobody names any more goes.
  // CHECK-NOT: @once
  // CHECK-LABEL: func.func @twice(
  // CHECK-SAME: [[A:%.*]]: i32
  // CHECK-NEXT: [[S:%.*]] = arith.addi [[A]], [[A]] : i32
  // CHECK-NEXT: [[T:%.*]] = arith.addi [[S]], [[S]] : i32
  // CHECK-NEXT: return [[T]] : i32
  // PLAIN-LABEL: func.func @twice(
  // PLAIN-NOT: call
  "func.func"() <{function_type = (i32) -> i32, sym_name = "once", sym_visibility = "private"}> ({
  ^bb0(%arg2: i32):
    %5 = "arith.addi"(%arg2, %arg2) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    "func.return"(%5) : (i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32) -> i32, sym_name = "twice"}> ({
  ^bb0(%arg1: i32):
    %3 = "func.call"(%arg1) <{callee = @once}> : (i32) -> i32
    %4 = "func.call"(%3) <{callee = @once}> : (i32) -> i32
    "func.return"(%4) : (i32) -> ()
  }) : () -> ()
  // What a constant decides is decided once it is in place; without simplification it stays.
  // CHECK-LABEL: func.func @known(
  // CHECK-NEXT: [[R:%.*]] = arith.constant 12 : i32
  // CHECK-NEXT: return [[R]] : i32
  // PLAIN-LABEL: func.func @known(
  // PLAIN-COUNT-2: arith.addi
  "func.func"() <{function_type = () -> i32, sym_name = "known"}> ({
    %1 = "arith.constant"() <{value = 3 : i32}> : () -> i32
    %2 = "func.call"(%1) <{callee = @twice}> : (i32) -> i32
    "func.return"(%2) : (i32) -> ()
  }) : () -> ()
  // What calls itself stays called.
  // CHECK-LABEL: func.func @ever(
  // CHECK-NEXT: call @ever
  "func.func"() <{function_type = (i32) -> i32, sym_name = "ever"}> ({
  ^bb0(%arg0: i32):
    %0 = "func.call"(%arg0) <{callee = @ever}> : (i32) -> i32
    "func.return"(%0) : (i32) -> ()
  }) : () -> ()
}) : () -> ()
