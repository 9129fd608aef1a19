// RUN: mlir-opt %s -strip-debuginfo -mlir-print-debuginfo -mlir-print-op-generic | FileCheck %s
// RUN: mlir-opt %s -mlir-print-debuginfo -mlir-print-op-generic | FileCheck %s --check-prefix=BEFORE

// Nobody can see any more where things were written.
"builtin.module"() ({
  // CHECK-NOT: loc("
  // CHECK: loc(unknown)
  // CHECK-NOT: loc("
  // BEFORE-DAG: loc("source.c":3:4)
  // BEFORE-DAG: loc("argument")
  "func.func"() <{function_type = (i32) -> i32, sym_name = "f"}> ({
  ^bb0(%arg0: i32 loc("argument")):
    %0 = "arith.addi"(%arg0, %arg0) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32 loc("source.c":3:4)
    "func.return"(%0) : (i32) -> ()
  }) : () -> ()
}) : () -> ()
