// Modules nest, and have symbols of their own.
"builtin.module"() <{sym_name = "outer"}> ({
  "builtin.module"() <{sym_name = "inner", sym_visibility = "private"}> ({
  ^bb0:
  }) {tool.note = "kept"} : () -> ()
  %0 = "other.value"() : () -> i64
  %1:2 = "builtin.unrealized_conversion_cast"(%0) : (i64) -> (i32, i32)
  "other.thing"() <"any property"> {b = 1 : i8, c, "d-e" = [unit, dense<1> : tensor<2xi32>, #other.attr<x, "y">]} : () -> ()
}) : () -> ()
