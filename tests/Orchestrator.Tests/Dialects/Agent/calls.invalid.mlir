// Symbols, arguments and options of calls.
"builtin.module"() ({
  "agent.declare_model"() <{ref = "m", sym_name = "writer"}> : () -> ()
  "agent.declare_tool"() <{effects = "pure", kind = "http", param_names = ["q", "n"], param_types = [!agent.text, i64], result_type = !agent.json, sym_name = "find", target = "https://example.com"}> : () -> ()
  // expected-error@+1 {{'agent.declare_tool' has kind 'htp'}}
  "agent.declare_tool"() <{effects = "pure", kind = "htp", param_names = [], param_types = [], sym_name = "bad", target = "x"}> : () -> ()
  "agent.graph"() <{result_type = !agent.json, sym_name = "g"}> ({
    %t = "agent.input"() <{name = "t"}> : () -> !agent.text
    // expected-error@+1 {{the workflow has two inputs called 't'}}
    %u = "agent.input"() <{name = "t"}> : () -> !agent.text
    // expected-error@+1 {{'agent.call' refers to @wrter, which is not declared}}
    %a = "agent.call"(%t) <{model = @wrter}> : (!agent.text) -> !agent.text
    // expected-error@+1 {{'agent.call' needs a model, but @find is a 'agent.declare_tool'}}
    %b = "agent.call"(%t) <{model = @find}> : (!agent.text) -> !agent.text
    // expected-error@+1 {{'agent.call' has max_tokens = 0, which is less than 1}}
    %c = "agent.call"(%t) <{max_tokens = 0 : i64, model = @writer}> : (!agent.text) -> !agent.text
    // expected-error@+1 {{'agent.call' has the reply of type i1 where i64 is wanted}}
    %d = "agent.call"(%t) <{as = i1, model = @writer}> : (!agent.text) -> i64
    // expected-error@+1 {{'agent.call' lacks the attribute 'model'}}
    %e = "agent.call"(%t) : (!agent.text) -> !agent.text
    // expected-error@+1 {{'agent.call' has attribute 'retry' = "often"}}
    %f = "agent.call"(%t) <{model = @writer, retry = "often"}> : (!agent.text) -> !agent.text
    // expected-error@+1 {{'agent.call' has on 'tpu'}}
    %h = "agent.call"(%t) <{model = @writer, on = "tpu"}> : (!agent.text) -> !agent.text
    // expected-error@+1 {{'agent.tool' does not pass 'n'}}
    %i = "agent.tool"(%t) <{arg_names = ["q"], tool = @find}> : (!agent.text) -> !agent.json
    // expected-error@+2 {{'agent.tool' passes 'm', which @find does not take}}
    // expected-error@+1 {{'agent.tool' does not pass 'n'}}
    %j = "agent.tool"(%t, %t) <{arg_names = ["q", "m"], tool = @find}> : (!agent.text, !agent.text) -> !agent.json
    // expected-error@+1 {{'agent.tool' has argument 'n' of type !agent.text where i64 is wanted}}
    %k = "agent.tool"(%t, %t) <{arg_names = ["q", "n"], tool = @find}> : (!agent.text, !agent.text) -> !agent.json
    // expected-error@+1 {{dialect 'agent' has no operation 'agent.cal'}}
    %l = "agent.cal"(%t) : (!agent.text) -> !agent.text
    // expected-error@+1 {{'agent.template' has 1 parts for 1 values}}
    %m = "agent.template"(%t) <{parts = ["x"]}> : (!agent.text) -> !agent.text
    // expected-error@+1 {{'agent.field' takes a record, found !agent.text}}
    %n = "agent.field"(%t) <{name = "x"}> : (!agent.text) -> !agent.text
    // expected-error@+1 {{'agent.operator' has kind 'lesser'}}
    %o = "agent.operator"(%t, %t) <{kind = "lesser"}> : (!agent.text, !agent.text) -> i1
    // expected-error@+1 {{'agent.embed' takes a vector as result 'vector'}}
    %p = "agent.embed"(%t) <{model = @writer}> : (!agent.text) -> !agent.text
    // expected-error@+1 {{'agent.invoke' calls @g, in which it stands}}
    %q = "agent.invoke"(%t) <{arg_names = ["t"], graph = @g}> : (!agent.text) -> !agent.json
    "agent.yield"(%j) : (!agent.json) -> ()
  }) : () -> ()
}) : () -> ()
