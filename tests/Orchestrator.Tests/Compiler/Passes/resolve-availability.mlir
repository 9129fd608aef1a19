// RUN: orc opt %s -p resolve-availability{absent=big} --mlir-print-op-generic | filecheck %s
// RUN: orc opt %s -p resolve-availability{absent=big},canonicalize --mlir-print-op-generic | filecheck %s --check-prefix=FOLDED

// What has nowhere to run is answered by false, everything else by true; the branch that is not taken then folds away.
// CHECK-DAG: "agent.constant"() <{value = false}> : () -> i1
// CHECK-DAG: "agent.constant"() <{value = true}> : () -> i1
// CHECK-NOT: "agent.operator"
// FOLDED: [[Q:%.*]] = "agent.input"() <{name = "q"}>
// FOLDED-NOT: model = @big
// FOLDED: [[R:%.*]] = "agent.call"([[Q]]) <{model = @small}>
// FOLDED-NEXT: "agent.yield"([[R]])
"builtin.module"() ({
  "agent.declare_model"() <{ref = "big", sym_name = "big"}> : () -> ()
  "agent.declare_model"() <{ref = "small", sym_name = "small"}> : () -> ()
  "agent.graph"() <{result_type = !agent.text, sym_name = "g"}> ({
    %q = "agent.input"() <{name = "q"}> : () -> !agent.text
    %big = "agent.operator"() <{kind = "available", symbol = @big}> : () -> i1
    %small = "agent.operator"() <{kind = "available", symbol = @small}> : () -> i1
    %0 = "agent.if"(%big) ({
      %1 = "agent.call"(%q) <{model = @big}> : (!agent.text) -> !agent.text
      "agent.yield"(%1) : (!agent.text) -> ()
    }, {
      %2 = "agent.if"(%small) ({
        %3 = "agent.call"(%q) <{model = @small}> : (!agent.text) -> !agent.text
        "agent.yield"(%3) : (!agent.text) -> ()
      }, {
        "agent.yield"(%q) : (!agent.text) -> ()
      }) : (i1) -> !agent.text
      "agent.yield"(%2) : (!agent.text) -> ()
    }) : (i1) -> !agent.text
    "agent.yield"(%0) : (!agent.text) -> ()
  }) : () -> ()
}) : () -> ()
