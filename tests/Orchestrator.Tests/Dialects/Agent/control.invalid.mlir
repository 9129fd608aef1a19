// Yields, bounds and probabilities of control.
"builtin.module"() ({
  "agent.graph"() <{result_type = !agent.text, sym_name = "g"}> ({
    %t = "agent.input"() <{name = "t"}> : () -> !agent.text
    %c = "agent.input"() <{name = "c"}> : () -> i1
    %n = "agent.input"() <{name = "n"}> : () -> i64
    %if = "agent.if"(%c) ({
      // expected-error@+1 {{the first branch of 'agent.if' yields i64 where !agent.text is wanted}}
      "agent.yield"(%n) : (i64) -> ()
    }, {
      "agent.yield"(%t) : (!agent.text) -> ()
    }) : (i1) -> !agent.text
    // expected-error@+1 {{'agent.if' has probability = 1.5, which is no probability}}
    %if2 = "agent.if"(%c) <{probability = 1.5 : f64}> ({
      "agent.yield"(%t) : (!agent.text) -> ()
    }, {
      // expected-error@+1 {{'agent.yield' gives 0 values from the second branch of 'agent.if'}}
      "agent.yield"() : () -> ()
    }) : (i1) -> !agent.text
    // expected-error@+1 {{'agent.if' takes 2 region(s), found 1}}
    %if3 = "agent.if"(%c) ({
      "agent.yield"(%t) : (!agent.text) -> ()
    }) : (i1) -> !agent.text
    // expected-error@+1 {{'agent.match' has 2 patterns and 2 regions}}
    %m = "agent.match"(%t) <{patterns = ["a", "b"]}> ({
      "agent.yield"(%t) : (!agent.text) -> ()
    }, {
      "agent.yield"(%t) : (!agent.text) -> ()
    }) : (!agent.text) -> !agent.text
    // expected-error@+1 {{'agent.match' has probabilities that do not add up to 1}}
    %m2 = "agent.match"(%t) <{patterns = ["a"], probabilities = [0.5, 0.6]}> ({
      "agent.yield"(%t) : (!agent.text) -> ()
    }, {
      "agent.yield"(%t) : (!agent.text) -> ()
    }) : (!agent.text) -> !agent.text
    // expected-error@+1 {{'agent.map' takes a list, found !agent.text}}
    %x = "agent.map"(%t) ({
    ^bb0(%a: !agent.text):
      "agent.yield"(%a) : (!agent.text) -> ()
    }) : (!agent.text) -> !agent.list<!agent.text>
    // expected-error@+1 {{'agent.loop' has at_most = 0, which is less than 1}}
    %l = "agent.loop"(%t) <{at_most = 0 : i64}> ({
    ^bb0(%a: !agent.text):
      // expected-error@+1 {{'agent.yield' does not end a round of 'agent.loop'}}
      "agent.yield"(%a) : (!agent.text) -> ()
    }) : (!agent.text) -> !agent.text
    %list = "agent.list"(%t) : (!agent.text) -> !agent.list<!agent.text>
    // expected-error@+1 {{'agent.gather' waits for 6 of 5}}
    %ga = "agent.gather"(%list) <{k = 6 : i64, n = 5 : i64}> ({
    ^bb0(%a: !agent.text):
      "agent.yield"(%a) : (!agent.text) -> ()
    }) : (!agent.list<!agent.text>) -> !agent.list<!agent.text>
    %b = "agent.best"() <{n = 2 : i64}> ({
      "agent.yield"(%t) : (!agent.text) -> ()
    }, {
    ^bb0(%a: !agent.text):
      // expected-error@+1 {{the score of 'agent.best' yields !agent.text where !agent.decimal is wanted}}
      "agent.yield"(%a) : (!agent.text) -> ()
    }) : () -> !agent.text
    // expected-error@+1 {{'agent.human' has an answer for when nobody answers in time, but no time}}
    %h = "agent.human"(%t) ({
      "agent.yield"(%t) : (!agent.text) -> ()
    }) : (!agent.text) -> !agent.text
    // expected-error@+1 {{'agent.promise' promises latency without a usable 'limit_us'}}
    "agent.promise"() <{kind = "latency"}> : () -> ()
    // expected-error@+1 {{'agent.promise' has percentile = 42}}
    "agent.promise"() <{kind = "latency", limit_us = 1 : i64, percentile = 42 : i64}> : () -> ()
    // expected-error@+1 {{the body of 'agent.graph' yields i1 where !agent.text is wanted}}
    "agent.yield"(%c) : (i1) -> ()
  }) : () -> ()
}) : () -> ()
