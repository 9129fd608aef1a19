// RUN: mlir-opt %s -inline -mlir-print-op-generic | FileCheck %s
// RUN: mlir-opt %s -inline='default-pipeline=' -mlir-print-op-generic | FileCheck %s --check-prefix=PLAIN

"builtin.module"() ({
  // Callees first: by the time it is copied, @twice is its own body. A private function that nobody names any more goes.
  // CHECK-NOT: sym_name = "once"
  // CHECK-LABEL: sym_name = "twice"
  // CHECK-NEXT: ^bb0([[A:%.*]]: i32
  // CHECK-NEXT: [[S:%.*]] = "arith.addi"([[A]], [[A]])
  // CHECK-NEXT: [[T:%.*]] = "arith.addi"([[S]], [[S]])
  // CHECK-NEXT: "func.return"([[T]])
  // PLAIN-LABEL: sym_name = "twice"
  // PLAIN-NOT: "func.call"
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
  // CHECK-LABEL: sym_name = "known"
  // CHECK-NEXT: [[R:%.*]] = "arith.constant"() <{value = 12 : i32}>
  // CHECK-NEXT: "func.return"([[R]])
  // PLAIN-LABEL: sym_name = "known"
  // PLAIN-COUNT-2: "arith.addi"
  "func.func"() <{function_type = () -> i32, sym_name = "known"}> ({
    %1 = "arith.constant"() <{value = 3 : i32}> : () -> i32
    %2 = "func.call"(%1) <{callee = @twice}> : (i32) -> i32
    "func.return"(%2) : (i32) -> ()
  }) : () -> ()

  // What calls itself stays called.
  // CHECK-LABEL: sym_name = "ever"
  // CHECK-NEXT: ^bb0
  // CHECK-NEXT: "func.call"({{.*}}) <{callee = @ever}>
  "func.func"() <{function_type = (i32) -> i32, sym_name = "ever"}> ({
  ^bb0(%arg0: i32):
    %0 = "func.call"(%arg0) <{callee = @ever}> : (i32) -> i32
    "func.return"(%0) : (i32) -> ()
  }) : () -> ()
}) : () -> ()
