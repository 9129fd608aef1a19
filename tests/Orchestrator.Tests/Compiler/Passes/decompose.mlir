// RUN: orc opt %s -p decompose --mlir-print-op-generic | filecheck %s
// RUN: orc opt %s -p resolve-availability,decompose | filecheck %s --check-prefix=RIGHT
// RUN: not orc opt %s -p decompose,resolve-availability 2>&1 | filecheck %s --check-prefix=WRONG

// A dense model reads, then writes; a tool that is elsewhere is a look-up. The last piece keeps what the call said.
// CHECK: [[Q:%.*]] = "agent.input"() <{name = "q"}>
// CHECK-NEXT: [[CACHE:%.*]] = "model.prefill"([[Q]]) <{service = @m, step = "[[STEP:.*]]"}> : (!agent.text) -> !model.kv
// CHECK-NEXT: [[REPLY:%.*]] = "model.decode"([[CACHE]])
// CHECK-SAME: max_tokens = 300
// CHECK-SAME: step = "[[STEP]]"
// CHECK-NEXT: [[FOUND:%.*]] = "task.lookup"([[REPLY]])
// CHECK-SAME: service = @search
// CHECK-NEXT: "agent.yield"([[FOUND]])
// RIGHT: model.decode
// WRONG: pass 'resolve-availability' must run before the IR is 'decomposed'
"builtin.module"() ({
  "agent.declare_model"() <{ref = "meta-llama/Llama-3.1-8B-Instruct", sym_name = "m"}> : () -> ()
  "agent.declare_tool"() <{effects = "pure", kind = "http", method = "GET", options = {}, param_names = ["q"], param_types = [!agent.text], result_type = !agent.text, sym_name = "search", target = "https://search.example.com"}> : () -> ()
  "agent.graph"() <{result_type = !agent.text, sym_name = "g"}> ({
    %q = "agent.input"() <{name = "q"}> : () -> !agent.text
    %reply = "agent.call"(%q) <{max_tokens = 300 : i64, model = @m}> : (!agent.text) -> !agent.text
    %found = "agent.tool"(%reply) <{arg_names = ["q"], tool = @search}> : (!agent.text) -> !agent.text
    "agent.yield"(%found) : (!agent.text) -> ()
  }) : () -> ()
}) : () -> ()
