// A call of a mixture of experts: gates, parts, merges, sums over the devices.
"builtin.module"() ({
  "agent.declare_model"() <{ref = "m", sym_name = "m"}> : () -> ()
  "agent.graph"() <{result_type = !agent.text, sym_name = "g"}> ({
    %0 = "agent.input"() <{name = "t"}> : () -> !agent.text
    %1 = "model.gate_select"(%0) <{experts = 8 : i64, service = @m, step = "draft", top_k = 2 : i64}> : (!agent.text) -> !model.routing
    %2 = "model.prefill"(%0, %1) <{experts = 8 : i64, service = @m, step = "draft", top_k = 2 : i64}> : (!agent.text, !model.routing) -> !model.partial
    %3 = "model.merge"(%2, %1) <{service = @m, step = "draft"}> : (!model.partial, !model.routing) -> !model.partial
    %4 = "comm.all_reduce"(%3) <{service = @m, step = "draft"}> : (!model.partial) -> !model.kv
    %5 = "model.decode"(%4) <{service = @m, step = "draft"}> : (!model.kv) -> !agent.text
    "agent.yield"(%5) : (!agent.text) -> ()
  }) : () -> ()
}) : () -> ()
