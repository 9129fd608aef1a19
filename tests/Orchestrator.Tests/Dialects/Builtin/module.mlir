// Modules nest, and have symbols of their own.
"builtin.module"() <{sym_name = "outer"}> ({
  "builtin.module"() <{sym_name = "inner", sym_visibility = "private"}> ({
  ^bb0:
  }) {tool.note = "kept"} : () -> ()
  "other.thing"() <"any property"> {b = 1 : i8, c, "d-e" = [unit, dense<1> : tensor<2xi32>, #other.attr<x, "y">]} : () -> ()
}) : () -> ()
