// RUN: mlir-opt %s -sccp -mlir-print-op-generic | FileCheck %s

"builtin.module"() ({
  // Both ways that can be taken bring the same value, one that cannot be taken brings another.
  // CHECK-LABEL: sym_name = "ways"
  // CHECK: [[C:%.*]] = "arith.constant"() <{value = 7 : i32}>
  // CHECK: "func.return"([[C]])
  "func.func"() <{function_type = (i1) -> i32, sym_name = "ways"}> ({
  ^bb0(%arg1: i1):
    %2 = "arith.constant"() <{value = true}> : () -> i1
    %3 = "arith.constant"() <{value = 3 : i32}> : () -> i32
    %4 = "arith.constant"() <{value = 4 : i32}> : () -> i32
    "cf.cond_br"(%2, %3)[^bb1, ^bb3] <{operandSegmentSizes = array<i32: 1, 0, 1>}> : (i1, i32) -> ()
  ^bb1:  // pred: ^bb0
    %5 = "arith.addi"(%3, %4) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    "cf.cond_br"(%arg1, %5)[^bb3, ^bb2] <{operandSegmentSizes = array<i32: 1, 1, 0>}> : (i1, i32) -> ()
  ^bb2:  // pred: ^bb1
    "cf.br"(%5)[^bb3] : (i32) -> ()
  ^bb3(%6: i32):  // 3 preds: ^bb0, ^bb1, ^bb2
    "func.return"(%6) : (i32) -> ()
  }) : () -> ()

  // Over the calls of a private function, and back.
  // CHECK-LABEL: sym_name = "callee"
  // CHECK: [[C:%.*]] = "arith.constant"() <{value = 1 : i32}>
  // CHECK: "func.return"([[C]])
  "func.func"() <{function_type = (i32) -> i32, sym_name = "callee", sym_visibility = "private"}> ({
  ^bb0(%arg0: i32):
    "func.return"(%arg0) : (i32) -> ()
  }) : () -> ()

  // CHECK-LABEL: sym_name = "caller"
  // CHECK: [[D:%.*]] = "arith.constant"() <{value = 1 : i32}>
  // CHECK: "func.call"({{.*}}) <{callee = @callee}>
  // CHECK: "func.return"([[D]])
  "func.func"() <{function_type = () -> i32, sym_name = "caller"}> ({
    %0 = "arith.constant"() <{value = 1 : i32}> : () -> i32
    %1 = "func.call"(%0) <{callee = @callee}> : (i32) -> i32
    "func.return"(%1) : (i32) -> ()
  }) : () -> ()
}) : () -> ()
