// A whole workflow: every declaration, a look-up, calls, a choice, a tool.
"builtin.module"() ({
  "agent.declare_model"() <{options = {precision = "fp8"}, ref = "meta-llama/Llama-3.1-8B-Instruct", sym_name = "writer"}> : () -> ()
  "agent.declare_model"() <{ref = "BAAI/bge-small-en-v1.5", sym_name = "embed"}> : () -> ()
  "agent.declare_index"() <{kind = "folder", options = {chunk = 400 : i64, embed = @embed}, sym_name = "kb", target = "docs/"}> : () -> ()
  "agent.declare_tool"() <{effects = "idempotent", kind = "http", method = "POST", options = {expect_p50_us = 180000 : i64, timeout_us = 3000000 : i64}, param_names = ["title", "body"], param_types = [!agent.text, !agent.text], result_type = !agent.record<"id" : !agent.text>, sym_name = "ticket", target = "https://desk.example.com/tickets"}> : () -> ()
  "agent.declare_type"() <{sym_name = "Verdict", type = !agent.record<"ok" : i1, "why" : !agent.text>}> : () -> ()
  "agent.graph"() <{result_type = !agent.text, sym_name = "support"}> ({
    "agent.promise"() <{kind = "latency", limit_us = 4000000 : i64, percentile = 95 : i64}> : () -> ()
    "agent.promise"() <{kind = "rate", per_second = 2.000000e+01 : f64}> : () -> ()
    "agent.promise"() <{kind = "budget", limit_microusd = 10000 : i64}> : () -> ()
    "agent.promise"() <{kind = "region", value = "eu"}> : () -> ()
    "agent.promise"() <{kind = "quality", value = 9.000000e-01 : f64}> : () -> ()
    %question = "agent.input"() <{name = "question"}> : () -> !agent.text
    %user = "agent.input"() <{default = "nobody", name = "user"}> : () -> !agent.text
    %notes = "agent.lookup"(%question) <{index = @kb, top = 8 : i64}> : (!agent.text) -> !agent.list<!agent.text>
    %prompt = "agent.template"(%notes, %question) <{parts = ["Notes: ", "\0AQuestion: ", ""]}> : (!agent.list<!agent.text>, !agent.text) -> !agent.text
    %draft = "agent.call"(%prompt) <{expect_in = 900 : i64, expect_out = 250 : i64, max_tokens = 300 : i64, model = @writer, retry = 2 : i64, within_us = 3000000 : i64}> : (!agent.text) -> !agent.text
    %check = "agent.call"(%draft) <{as = !agent.record<"ok" : i1, "why" : !agent.text>, max_tokens = 60 : i64, model = @writer, temperature = 0.000000e+00 : f64}> : (!agent.text) -> !agent.record<"ok" : i1, "why" : !agent.text>
    %ok = "agent.field"(%check) <{name = "ok"}> : (!agent.record<"ok" : i1, "why" : !agent.text>) -> i1
    %answer = "agent.if"(%ok) <{probability = 7.500000e-01 : f64}> ({
      "agent.yield"(%draft) : (!agent.text) -> ()
    }, {
      %opened = "agent.tool"(%question, %draft) <{arg_names = ["title", "body"], near = @kb, on = "cpu", tool = @ticket}> : (!agent.text, !agent.text) -> !agent.record<"id" : !agent.text>
      %id = "agent.field"(%opened) <{name = "id"}> : (!agent.record<"id" : !agent.text>) -> !agent.text
      %better = "agent.template"(%draft, %id) <{parts = ["", "\0A(Ticket ", ")"]}> : (!agent.text, !agent.text) -> !agent.text
      "agent.yield"(%better) : (!agent.text) -> ()
    }) : (i1) -> !agent.text
    "agent.yield"(%answer) : (!agent.text) -> ()
  }) : () -> ()
}) : () -> ()
