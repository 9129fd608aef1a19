// Every operation of IRDL in pretty form.
irdl.dialect @cmath {
  irdl.type @complex {
    %0 = irdl.is f32
    %1 = irdl.is f64
    %2 = irdl.any_of(%0, %1)
    irdl.parameters(element: %2)
  }
  irdl.attribute @range {
    %0 = irdl.base "#builtin.integer"
    irdl.parameters(low: %0, high: %0)
  }
  irdl.type @plain
  irdl.operation @norm {
    %0 = irdl.any
    %1 = irdl.parametric @cmath::@complex<%0>
    irdl.operands(in: %1)
    irdl.results(out: %0)
  }
  irdl.operation @pack attributes {note = "kept"} {
    %0 = irdl.base @cmath::@complex
    %1 = irdl.base "!builtin.integer"
    irdl.operands(first: %0, maybe: optional %1, rest: variadic %1)
    irdl.results(packed: %0)
    irdl.attributes {"width" = %1, "within" = %0}
  }
  irdl.operation @body {
    %0 = irdl.is index
    %1 = irdl.c_pred "::llvm::isa<::mlir::IndexType>($_self)"
    %2 = irdl.all_of(%0, %1)
    %3 = irdl.region
    %4 = irdl.region(%0) with size 1
    %5 = irdl.region()
    irdl.regions(any: %3, loop: %4, bare: %5)
  }
}
