// What is no dialect.
irdl.dialect @cmath {
  // expected-error@+1 {{'irdl.any' is no part of a dialect}}
  %0 = irdl.any
  irdl.type @complex {
    %1 = irdl.any
    irdl.parameters(a: %1)
    // expected-error@+1 {{'irdl.parameters' stands twice in one 'irdl.type'}}
    irdl.parameters(b: %1)
  }
  irdl.operation @norm {
    %1 = irdl.any
    // expected-error@+1 {{'irdl.parameters' is no part of an 'irdl.operation'}}
    irdl.parameters(a: %1)
    // expected-error@+1 {{'irdl.operands' gives the name 'x' to number 0 and to number 1}}
    irdl.operands(x: %1, x: %1)
    // expected-error@+1 {{'irdl.results' has 2 names for 1 constraints}}
    "irdl.results"(%1) <{names = ["a", "b"], variadicity = #irdl<variadicity_array[ single]>}> : (!irdl.attribute) -> ()
  }
  // expected-error@+1 {{'irdl.operation' has the name 'Norm'}}
  irdl.operation @Norm
  irdl.operation @regions {
    // expected-error@+1 {{'irdl.region' asks for 0 blocks}}
    %1 = irdl.region with size 0
    // expected-error@+1 {{'irdl.base' takes either a declaration or a name}}
    %2 = "irdl.base"() : () -> !irdl.attribute
    // expected-error@+1 {{'irdl.any_of' names no constraint}}
    %3 = irdl.any_of()
    // expected-error@+1 {{'irdl.base' has the name "integer"}}
    %4 = irdl.base "integer"
  }
}
// expected-error@+1 {{'irdl.type' stands outside a dialect}}
irdl.type @lost
// -----
irdl.dialect @cmath {
  irdl.operation @norm {
    %0 = irdl.any
    // expected-error@+1 {{'varadic' says not how many}}
    irdl.operands(a: varadic %0)
    // expected-error@+1 {{dialect 'irdl' has no operation 'irdl.anny'}}
    %1 = irdl.anny
    // expected-error@+1 {{expected 'size' after 'with'}}
    %2 = irdl.region with 3
  }
  // expected-error@+1 {{'irdl.type' has no name}}
  irdl.type "x"
}
// -----
// expected-error@+1 {{'nodialect.op' is not in generic form, and no dialect declares it}}
%0 = nodialect.op
// -----
// expected-error@+1 {{'agent.declare_model' has no attribute 'reff' of its own}}
"agent.declare_model"() <{ref = "m", reff = "n", sym_name = "writer"}> : () -> ()
