// RUN: mlir-opt %s -symbol-privatize='exclude=kept' -mlir-print-op-generic | FileCheck %s
// RUN: mlir-opt %s -symbol-privatize='exclude=kept' -symbol-dce -mlir-print-op-generic | FileCheck %s --check-prefix=GONE

"builtin.module"() ({
  // Only what is named may be seen from outside; the rest may go when nobody inside names it.
  // CHECK: sym_name = "hidden", sym_visibility = "private"
  // CHECK: sym_name = "kept"}>
  // GONE-NOT: sym_name = "hidden"
  // GONE: sym_name = "kept"
  "func.func"() <{function_type = () -> (), sym_name = "hidden"}> ({
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (), sym_name = "kept"}> ({
    "func.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
