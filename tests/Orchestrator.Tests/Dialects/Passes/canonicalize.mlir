// pipeline: canonicalize
"builtin.module"() ({
  "agent.declare_model"() <{ref = "m", sym_name = "m"}> : () -> ()
  "agent.graph"() <{result_type = !agent.text, sym_name = "g"}> ({
    %q = "agent.input"() <{name = "q"}> : () -> !agent.text
    %name = "agent.constant"() <{value = "Ada"}> : () -> !agent.text
    %n = "agent.constant"() <{value = 3 : i64}> : () -> i64
    %m = "agent.constant"() <{value = 4 : i64}> : () -> i64
    %hello = "agent.template"(%name, %n) <{parts = ["Hello ", ", ", " times. "]}> : (!agent.text, i64) -> !agent.text
    %prompt = "agent.template"(%hello, %q) <{parts = ["", "Q: ", ""]}> : (!agent.text, !agent.text) -> !agent.text
    %c = "agent.operator"(%n, %m) <{kind = "lt"}> : (i64, i64) -> i1
    %answer = "agent.if"(%c) ({
      %a = "agent.call"(%prompt) <{model = @m}> : (!agent.text) -> !agent.text
      "agent.yield"(%a) : (!agent.text) -> ()
    }, {
      "agent.yield"(%q) : (!agent.text) -> ()
    }) : (i1) -> !agent.text
    %unused = "agent.call"(%q) <{model = @m}> : (!agent.text) -> !agent.text
    %r = "agent.record"(%answer, %q) <{names = ["a", "q"]}> : (!agent.text, !agent.text) -> !agent.record<"a" : !agent.text, "q" : !agent.text>
    %f = "agent.field"(%r) <{name = "a"}> : (!agent.record<"a" : !agent.text, "q" : !agent.text>) -> !agent.text
    %kind = "agent.match"(%name) <{patterns = ["Bob", "Ada"]}> ({
      "agent.yield"(%q) : (!agent.text) -> ()
    }, {
      "agent.yield"(%f) : (!agent.text) -> ()
    }, {
      "agent.yield"(%q) : (!agent.text) -> ()
    }) : (!agent.text) -> !agent.text
    "agent.yield"(%kind) : (!agent.text) -> ()
  }) : () -> ()
}) : () -> ()
// expect:
"builtin.module"() ({
  "agent.declare_model"() <{ref = "m", sym_name = "m"}> : () -> ()
  "agent.graph"() <{result_type = !agent.text, sym_name = "g"}> ({
    %0 = "agent.input"() <{name = "q"}> : () -> !agent.text
    %1 = "agent.template"(%0) <{parts = ["Hello Ada, 3 times. Q: ", ""]}> : (!agent.text) -> !agent.text
    %2 = "agent.call"(%1) <{model = @m}> : (!agent.text) -> !agent.text
    "agent.yield"(%2) : (!agent.text) -> ()
  }) : () -> ()
}) : () -> ()
