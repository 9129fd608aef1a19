// pipeline: dce
"builtin.module"() ({
  "agent.declare_model"() <{ref = "m", sym_name = "m"}> : () -> ()
  "agent.declare_tool"() <{effects = "pure", kind = "kernel", param_names = ["q"], param_types = [!agent.text], result_type = !agent.json, sym_name = "pure", target = "k"}> : () -> ()
  "agent.declare_tool"() <{effects = "effect", kind = "kernel", param_names = ["q"], param_types = [!agent.text], result_type = !agent.json, sym_name = "mail", target = "k"}> : () -> ()
  "agent.graph"() <{result_type = !agent.text, sym_name = "g"}> ({
    %q = "agent.input"() <{name = "q"}> : () -> !agent.text
    %unused = "agent.input"() <{name = "unused"}> : () -> i1
    %0 = "agent.call"(%q) <{model = @m}> : (!agent.text) -> !agent.text
    %1 = "agent.tool"(%0) <{arg_names = ["q"], tool = @pure}> : (!agent.text) -> !agent.json
    %2 = "agent.tool"(%q) <{arg_names = ["q"], tool = @mail}> : (!agent.text) -> !agent.json
    %3 = "agent.if"(%unused) ({
      %4 = "agent.tool"(%q) <{arg_names = ["q"], tool = @mail}> : (!agent.text) -> !agent.json
      "agent.yield"(%4) : (!agent.json) -> ()
    }, {
      "agent.yield"(%2) : (!agent.json) -> ()
    }) : (i1) -> !agent.json
    %5 = "agent.try"() ({
      %4 = "agent.call"(%q) <{model = @m}> : (!agent.text) -> !agent.text
      "agent.yield"(%4) : (!agent.text) -> ()
    }, {
      "agent.yield"(%q) : (!agent.text) -> ()
    }) : () -> !agent.text
    "agent.yield"(%q) : (!agent.text) -> ()
  }) : () -> ()
}) : () -> ()
// expect:
"builtin.module"() ({
  "agent.declare_model"() <{ref = "m", sym_name = "m"}> : () -> ()
  "agent.declare_tool"() <{effects = "pure", kind = "kernel", param_names = ["q"], param_types = [!agent.text], result_type = !agent.json, sym_name = "pure", target = "k"}> : () -> ()
  "agent.declare_tool"() <{effects = "effect", kind = "kernel", param_names = ["q"], param_types = [!agent.text], result_type = !agent.json, sym_name = "mail", target = "k"}> : () -> ()
  "agent.graph"() <{result_type = !agent.text, sym_name = "g"}> ({
    %0 = "agent.input"() <{name = "q"}> : () -> !agent.text
    %1 = "agent.input"() <{name = "unused"}> : () -> i1
    %2 = "agent.tool"(%0) <{arg_names = ["q"], tool = @mail}> : (!agent.text) -> !agent.json
    %3 = "agent.if"(%1) ({
      %4 = "agent.tool"(%0) <{arg_names = ["q"], tool = @mail}> : (!agent.text) -> !agent.json
      "agent.yield"(%4) : (!agent.json) -> ()
    }, {
      "agent.yield"(%2) : (!agent.json) -> ()
    }) : (i1) -> !agent.json
    "agent.yield"(%0) : (!agent.text) -> ()
  }) : () -> ()
}) : () -> ()
