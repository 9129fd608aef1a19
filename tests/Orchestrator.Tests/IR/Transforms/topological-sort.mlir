// RUN: mlir-opt %s -topological-sort | FileCheck %s

// In a module order has no meaning; what needs no move keeps its place, and a use inside a region counts.
// CHECK: "test.first"
// CHECK-NEXT: [[A:%.*]] = "test.a"()
// CHECK-NEXT: [[B:%.*]] = "test.b"([[A]])
// CHECK-NEXT: "test.last"
// CHECK-NEXT: "test.use"([[B]])
"test.first"() : () -> ()
"test.last"() ({
  "test.use"(%b) : (i32) -> ()
}) : () -> ()
%b = "test.b"(%a) : (i32) -> i32
%a = "test.a"() : () -> i32
