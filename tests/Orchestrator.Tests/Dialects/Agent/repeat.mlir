// map, loop with until, gather, race, best, match, try, human, memory, invoke.
"builtin.module"() ({
  "agent.declare_model"() <{ref = "m", sym_name = "m"}> : () -> ()
  "agent.declare_memory"() <{options = {days = 30 : i64}, sym_name = "mem", value_type = !agent.json}> : () -> ()
  "agent.graph"() <{result_type = !agent.text, sym_name = "one"}> ({
    %0 = "agent.input"() <{name = "t"}> : () -> !agent.text
    %1 = "agent.call"(%0) <{model = @m}> : (!agent.text) -> !agent.text
    "agent.yield"(%1) : (!agent.text) -> ()
  }) : () -> ()
  "agent.graph"() <{result_type = !agent.text, sym_name = "all"}> ({
    %start = "agent.input"() <{name = "start"}> : () -> !agent.text
    %list = "agent.list"(%start, %start) : (!agent.text, !agent.text) -> !agent.list<!agent.text>
    %mapped = "agent.map"(%list) <{at_most = 200 : i64, expect = 6.000000e+01 : f64, in_order}> ({
    ^bb0(%x: !agent.text):
      %a = "agent.invoke"(%x) <{arg_names = ["t"], graph = @one}> : (!agent.text) -> !agent.text
      "agent.yield"(%a) : (!agent.text) -> ()
    }) : (!agent.list<!agent.text>) -> !agent.list<!agent.text>
    %some = "agent.gather"(%mapped) <{deadline_us = 2000000 : i64, k = 3 : i64, n = 5 : i64}> ({
    ^bb0(%x: !agent.text):
      %a = "agent.call"(%x) <{model = @m}> : (!agent.text) -> !agent.text
      "agent.yield"(%a) : (!agent.text) -> ()
    }) : (!agent.list<!agent.text>) -> !agent.list<!agent.text>
    %comma = "agent.constant"() <{value = ", "}> : () -> !agent.text
    %joined = "agent.operator"(%some, %comma) <{kind = "join"}> : (!agent.list<!agent.text>, !agent.text) -> !agent.text
    %looped = "agent.loop"(%joined) <{at_most = 4 : i64, expect = 1.800000e+00 : f64}> ({
    ^bb0(%t: !agent.text):
      %r = "agent.call"(%t) <{as = !agent.record<"ok" : i1>, model = @m}> : (!agent.text) -> !agent.record<"ok" : i1>
      %c = "agent.field"(%r) <{name = "ok"}> : (!agent.record<"ok" : i1>) -> i1
      "agent.until"(%c) ({
        %n = "agent.call"(%t) <{model = @m}> : (!agent.text) -> !agent.text
        "agent.yield"(%n) : (!agent.text) -> ()
      }) : (i1) -> ()
    }) : (!agent.text) -> !agent.text
    %raced = "agent.race"() ({
      "agent.promise"() <{kind = "first_token", limit_us = 600000 : i64}> : () -> ()
      %a = "agent.call"(%looped) <{model = @m, never_leaves = "eu"}> : (!agent.text) -> !agent.text
      "agent.yield"(%a) : (!agent.text) -> ()
    }, {
      "agent.yield"(%looped) : (!agent.text) -> ()
    }) : () -> !agent.text
    %best = "agent.best"() <{n = 8 : i64}> ({
      %a = "agent.call"(%raced) <{model = @m}> : (!agent.text) -> !agent.text
      "agent.yield"(%a) : (!agent.text) -> ()
    }, {
    ^bb0(%x: !agent.text):
      %s = "agent.call"(%x) <{as = !agent.decimal, model = @m}> : (!agent.text) -> !agent.decimal
      "agent.yield"(%s) : (!agent.decimal) -> ()
    }) : () -> !agent.text
    %kind = "agent.match"(%best) <{patterns = ["billing", "bug"], probabilities = [5.000000e-01, 2.500000e-01, 2.500000e-01]}> ({
      "agent.yield"(%best) : (!agent.text) -> ()
    }, {
      "agent.yield"(%start) : (!agent.text) -> ()
    }, {
      "agent.yield"(%looped) : (!agent.text) -> ()
    }) : (!agent.text) -> !agent.text
    %tried = "agent.try"() <{probability = 1.000000e-02 : f64}> ({
      %h = "agent.human"(%kind) <{timeout_us = 172800000000 : i64}> ({
        "agent.yield"(%kind) : (!agent.text) -> ()
      }) : (!agent.text) -> !agent.text
      "agent.yield"(%h) : (!agent.text) -> ()
    }, {
      "agent.yield"(%kind) : (!agent.text) -> ()
    }) : () -> !agent.text
    %old = "agent.recall"(%start) <{memory = @mem}> : (!agent.text) -> !agent.optional<!agent.json>
    "agent.remember"(%start, %tried) <{memory = @mem}> : (!agent.text, !agent.text) -> ()
    %fresh = "agent.operator"(%old) <{kind = "exists"}> : (!agent.optional<!agent.json>) -> i1
    %both = "agent.record"(%tried, %fresh) <{names = ["text", "seen"]}> : (!agent.text, i1) -> !agent.record<"text" : !agent.text, "seen" : i1>
    %out = "agent.field"(%both) <{name = "text"}> : (!agent.record<"text" : !agent.text, "seen" : i1>) -> !agent.text
    "agent.yield"(%out) : (!agent.text) -> ()
  }) : () -> ()
}) : () -> ()
