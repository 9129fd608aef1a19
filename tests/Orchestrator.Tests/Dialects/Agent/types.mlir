// Every type, nested, and constants of each.
"builtin.module"() ({
  "agent.declare_type"() <{sym_name = "All", type = !agent.record<"a" : i1, "b" : i64, "c" : !agent.decimal, "d" : !agent.json, "e" : !agent.bytes, "f" : !agent.image, "g" : !agent.audio, "h" : !agent.vector, "i" : !agent.tokens, "with \22quotes\22" : !agent.optional<!agent.list<!agent.record<>>>>}> : () -> ()
  "agent.declare_type"() <{choices = ["red", "green"], sym_name = "Color", type = !agent.text}> : () -> ()
  "agent.graph"() <{result_type = !agent.json, sym_name = "constants"}> ({
    %0 = "agent.constant"() <{value = true}> : () -> i1
    %1 = "agent.constant"() <{value = -7 : i64}> : () -> i64
    %2 = "agent.constant"() <{value = 2.500000e+00 : f64}> : () -> !agent.decimal
    %3 = "agent.constant"() <{value = "gr\C3\BC\C3\9F"}> : () -> !agent.text
    %4 = "agent.constant"() <{value = ["a", 1, 2.000000e+00]}> : () -> !agent.json
    %5 = "agent.constant"() <{value = {a = true}}> : () -> !agent.record<"a" : i1>
    %6 = "agent.constant"() <{value}> : () -> !agent.optional<!agent.text>
    %7 = "agent.operator"(%1, %1) <{kind = "lt"}> : (i64, i64) -> i1
    %8 = "agent.operator"(%0, %7) <{kind = "and"}> : (i1, i1) -> i1
    %9 = "agent.list"() : () -> !agent.list<!agent.json>
    %10 = "agent.operator"() <{kind = "available", symbol = @Color}> : () -> i1
    "agent.yield"(%8) : (i1) -> ()
  }) : () -> ()
}) : () -> ()
