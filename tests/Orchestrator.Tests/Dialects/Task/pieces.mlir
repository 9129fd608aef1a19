"builtin.module"() ({
  "agent.declare_model"() <{ref = "bge", sym_name = "code"}> : () -> ()
  "agent.declare_index"() <{kind = "folder", sym_name = "kb", target = "docs/"}> : () -> ()
  "agent.declare_tool"() <{effects = "pure", kind = "http", param_names = ["q"], param_types = [!agent.text], result_type = !agent.json, sym_name = "find", target = "https://example.com"}> : () -> ()
  "agent.graph"() <{result_type = !agent.json, sym_name = "g"}> ({
    %0 = "agent.input"() <{name = "t"}> : () -> !agent.text
    %1 = "model.encode"(%0) <{service = @code, step = "notes"}> : (!agent.text) -> !model.embedding
    %2 = "task.compute"(%0, %1) <{service = @kb, step = "notes"}> : (!agent.text, !model.embedding) -> !agent.list<!agent.text>
    %3 = "task.transfer"(%2) : (!agent.list<!agent.text>) -> !agent.list<!agent.text>
    %4 = "task.lookup"(%0) <{service = @find, step = "answer"}> : (!agent.text) -> !agent.json
    %5 = "task.run"(%4) <{service = @find, step = "again"}> : (!agent.json) -> !agent.json
    "agent.yield"(%5) : (!agent.json) -> ()
  }) : () -> ()
}) : () -> ()
