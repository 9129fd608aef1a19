// A call of a dense model, decomposed.
"builtin.module"() ({
  "agent.declare_model"() <{ref = "m", sym_name = "m"}> : () -> ()
  "agent.graph"() <{result_type = !agent.text, sym_name = "g"}> ({
    %0 = "agent.input"() <{name = "t"}> : () -> !agent.text
    %1 = "model.tokenize"(%0) <{service = @m, step = "draft"}> : (!agent.text) -> !model.tokens
    %2 = "model.prefill"(%1) <{service = @m, step = "draft"}> : (!model.tokens) -> !model.kv
    %3 = "model.kv_transfer"(%2) <{service = @m, step = "draft"}> : (!model.kv) -> !model.kv
    %4 = "model.decode"(%3) <{call = {kind = "Call", max_tokens = 300 : i64}, service = @m, step = "draft"}> : (!model.kv) -> !agent.text
    "agent.yield"(%4) : (!agent.text) -> ()
  }) : () -> ()
}) : () -> ()
