// RUN: mlir-opt %s -reconcile-unrealized-casts -mlir-print-op-generic | FileCheck %s

"builtin.module"() ({
  // There and back again is nothing.
  // CHECK-LABEL: sym_name = "back"
  // CHECK-NEXT: ^bb0([[A:%.*]]: i32
  // CHECK-NEXT: "func.return"([[A]])
  "func.func"() <{function_type = (i32) -> i32, sym_name = "back"}> ({
  ^bb0(%arg1: i32):
    %1 = "builtin.unrealized_conversion_cast"(%arg1) : (i32) -> i64
    %2 = "builtin.unrealized_conversion_cast"(%1) : (i64) -> index
    %3 = "builtin.unrealized_conversion_cast"(%2) : (index) -> i32
    "func.return"(%3) : (i32) -> ()
  }) : () -> ()

  // A cast that leads somewhere stays.
  // CHECK-LABEL: sym_name = "away"
  // CHECK-NEXT: ^bb0([[A:%.*]]: i32
  // CHECK-NEXT: [[B:%.*]] = "builtin.unrealized_conversion_cast"([[A]]) : (i32) -> i64
  // CHECK-NEXT: "func.return"([[B]])
  "func.func"() <{function_type = (i32) -> i64, sym_name = "away"}> ({
  ^bb0(%arg0: i32):
    %0 = "builtin.unrealized_conversion_cast"(%arg0) : (i32) -> i64
    "func.return"(%0) : (i64) -> ()
  }) : () -> ()
}) : () -> ()
