// Visibility, order, terminators, symbols.
// expected-error@+1 {{takes only attributes of dialects beside its own, found 'x'}}
"builtin.module"() ({
  "agent.graph"() <{result_type = !agent.text, sym_name = "g"}> ({
    // expected-error@+1 {{operand 0 of 'agent.template' is used before it is defined}}
    %a = "agent.template"(%t) <{parts = ["", ""]}> : (!agent.text) -> !agent.text
    %t = "agent.input"() <{name = "t"}> : () -> !agent.text
    // expected-error@+1 {{'agent.yield' must be the last operation of its block}}
    "agent.yield"(%t) : (!agent.text) -> ()
    "agent.yield"(%t) : (!agent.text) -> ()
  }) : () -> ()
  // expected-error@+1 {{symbol 'g' is declared twice}}
  "agent.declare_memory"() <{sym_name = "g"}> : () -> ()
  %m = "other.value"() : () -> !agent.text
  "agent.graph"() <{result_type = !agent.text, sym_name = "h"}> ({
    // expected-error@+1 {{operand 0 of 'agent.yield' is defined outside 'agent.graph', which sees nothing from outside}}
    "agent.yield"(%m) : (!agent.text) -> ()
  }) : () -> ()
  "agent.graph"() <{result_type = !agent.text, sym_name = "i"}> ({
    // expected-error@+2 {{'agent.input' ends a block of 'agent.graph' but is no terminator}}
    // expected-error@+1 {{'agent.input' does not end the body of 'agent.graph'}}
    %t = "agent.input"() <{name = "t"}> : () -> !agent.text
  }) : () -> ()
  "other.flow"() ({
    // expected-error@+1 {{operand 0 of 'other.use' is not defined on every way here}}
    "other.use"(%late) : (i1) -> ()
    "other.jump"()[^bb2] : () -> ()
  ^bb1:
    %late = "other.value"() : () -> i1
    "other.jump"()[^bb2] : () -> ()
  ^bb2:
    "other.end"() : () -> ()
  }) : () -> ()
}) {x = 1 : i64} : () -> ()

// -----

// expected-error@+2 {{'agent.yield' takes 0 result(s), found 1}}
// expected-error@+1 {{'agent.yield' must be the last operation of its block}}
%0 = "agent.yield"() : () -> i1
// expected-error@+1 {{'model.decode' cannot be served by @mem, which is a 'agent.declare_memory'}}
%1 = "model.decode"() <{service = @mem, step = "x"}> : () -> !agent.text
"agent.declare_memory"() <{sym_name = "mem"}> : () -> ()
