// RUN: mlir-opt %s -symbol-dce -mlir-print-op-generic | FileCheck %s

"builtin.module"() ({
  // Two that name each other, and nobody else does; what a public one names, over others, stays.
  // CHECK-NOT: sym_name = "{{one|other}}"
  // CHECK: sym_name = "used"
  // CHECK-NOT: sym_name = "{{one|other}}"
  // CHECK: sym_name = "public"
  "func.func"() <{function_type = () -> (), sym_name = "one", sym_visibility = "private"}> ({
    "func.call"() <{callee = @other}> : () -> ()
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (), sym_name = "other", sym_visibility = "private"}> ({
    "func.call"() <{callee = @one}> : () -> ()
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (), sym_name = "used", sym_visibility = "private"}> ({
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (), sym_name = "public"}> ({
    "func.call"() <{callee = @used}> : () -> ()
    "func.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
