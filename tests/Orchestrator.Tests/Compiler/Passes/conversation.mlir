// One agent with a memory of the conversation and two tools, a search and a calculator, on a mixture of experts.
"builtin.module"() ({
  "agent.declare_model"() <{options = {experts = 8 : i64, top_k = 2 : i64}, ref = "mistralai/Mixtral-8x7B-Instruct-v0.1", sym_name = "writer"}> : () -> ()
  "agent.declare_tool"() <{effects = "pure", kind = "http", method = "GET", options = {}, param_names = ["q"], param_types = [!agent.text], result_type = !agent.text, sym_name = "search", target = "https://search.example.com"}> : () -> ()
  "agent.declare_tool"() <{effects = "pure", kind = "process", options = {}, param_names = ["expression"], param_types = [!agent.text], result_type = !agent.text, sym_name = "calculator", target = "calc"}> : () -> ()
  "agent.declare_memory"() <{options = {}, sym_name = "conversation"}> : () -> ()
  "agent.graph"() <{result_type = !agent.text, sym_name = "agent"}> ({
    %query = "agent.input"() <{name = "query"}> : () -> !agent.text
    %past = "agent.recall"(%query) <{memory = @conversation}> : (!agent.text) -> !agent.text
    %reply = "agent.call"(%query, %past) <{max_tokens = 300 : i64, model = @writer}> : (!agent.text, !agent.text) -> !agent.text
    %found = "agent.tool"(%reply) <{arg_names = ["q"], tool = @search}> : (!agent.text) -> !agent.text
    %value = "agent.tool"(%found) <{arg_names = ["expression"], tool = @calculator}> : (!agent.text) -> !agent.text
    "agent.remember"(%query, %value) <{memory = @conversation}> : (!agent.text, !agent.text) -> ()
    "agent.yield"(%value) : (!agent.text) -> ()
  }) : () -> ()
}) : () -> ()
