// pipeline: builtin.module(agent.graph(cse))
"builtin.module"() ({
  "agent.declare_model"() <{ref = "m", sym_name = "m"}> : () -> ()
  "agent.graph"() <{result_type = !agent.text, sym_name = "g"}> ({
    %q = "agent.input"() <{name = "q"}> : () -> !agent.text
    %c = "agent.input"() <{name = "c"}> : () -> i1
    %0 = "agent.call"(%q) <{model = @m, temperature = 0.0 : f64}> : (!agent.text) -> !agent.text
    %1 = "agent.call"(%q) <{model = @m, temperature = 0.0 : f64}> : (!agent.text) -> !agent.text
    %2 = "agent.call"(%q) <{model = @m}> : (!agent.text) -> !agent.text
    %3 = "agent.call"(%q) <{model = @m}> : (!agent.text) -> !agent.text
    %4 = "agent.if"(%c) ({
      %5 = "agent.template"(%0, %1) <{parts = ["", "", ""]}> : (!agent.text, !agent.text) -> !agent.text
      %6 = "agent.call"(%q) <{model = @m, temperature = 0.0 : f64}> : (!agent.text) -> !agent.text
      %7 = "agent.template"(%5, %6) <{parts = ["", "", ""]}> : (!agent.text, !agent.text) -> !agent.text
      "agent.yield"(%7) : (!agent.text) -> ()
    }, {
      %5 = "agent.template"(%0, %1) <{parts = ["", "", ""]}> : (!agent.text, !agent.text) -> !agent.text
      %6 = "agent.template"(%2, %3) <{parts = ["", "", ""]}> : (!agent.text, !agent.text) -> !agent.text
      %7 = "agent.template"(%5, %6) <{parts = ["", "", ""]}> : (!agent.text, !agent.text) -> !agent.text
      "agent.yield"(%7) : (!agent.text) -> ()
    }) : (i1) -> !agent.text
    "agent.yield"(%4) : (!agent.text) -> ()
  }) : () -> ()
}) : () -> ()
// expect:
"builtin.module"() ({
  "agent.declare_model"() <{ref = "m", sym_name = "m"}> : () -> ()
  "agent.graph"() <{result_type = !agent.text, sym_name = "g"}> ({
    %0 = "agent.input"() <{name = "q"}> : () -> !agent.text
    %1 = "agent.input"() <{name = "c"}> : () -> i1
    %2 = "agent.call"(%0) <{model = @m, temperature = 0.000000e+00 : f64}> : (!agent.text) -> !agent.text
    %3 = "agent.call"(%0) <{model = @m}> : (!agent.text) -> !agent.text
    %4 = "agent.call"(%0) <{model = @m}> : (!agent.text) -> !agent.text
    %5 = "agent.if"(%1) ({
      %9 = "agent.template"(%2, %2) <{parts = ["", "", ""]}> : (!agent.text, !agent.text) -> !agent.text
      %10 = "agent.template"(%9, %2) <{parts = ["", "", ""]}> : (!agent.text, !agent.text) -> !agent.text
      "agent.yield"(%10) : (!agent.text) -> ()
    }, {
      %6 = "agent.template"(%2, %2) <{parts = ["", "", ""]}> : (!agent.text, !agent.text) -> !agent.text
      %7 = "agent.template"(%3, %4) <{parts = ["", "", ""]}> : (!agent.text, !agent.text) -> !agent.text
      %8 = "agent.template"(%6, %7) <{parts = ["", "", ""]}> : (!agent.text, !agent.text) -> !agent.text
      "agent.yield"(%8) : (!agent.text) -> ()
    }) : (i1) -> !agent.text
    "agent.yield"(%5) : (!agent.text) -> ()
  }) : () -> ()
}) : () -> ()
