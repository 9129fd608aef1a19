// RUN: orc opt %s -p dce -mlir-print-op-generic | filecheck %s

"builtin.module"() ({
  // Chains of what nobody uses go, and blocks that control cannot reach; what does something stays.
  // CHECK-LABEL: sym_name = "f"
  // CHECK-NEXT: ^bb0
  // CHECK-NEXT: "test.effect"
  // CHECK-NEXT: "func.return"
  // CHECK-NEXT: })
  "func.func"() <{function_type = (i32, i1) -> (), sym_name = "f"}> ({
  ^bb0(%arg0: i32, %arg1: i1):
    %2 = "arith.addi"(%arg0, %arg0) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %3 = "arith.muli"(%2, %2) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %4 = "scf.if"(%arg1) ({
      "scf.yield"(%3) : (i32) -> ()
    }, {
      "scf.yield"(%arg0) : (i32) -> ()
    }) : (i1) -> i32
    %5 = "test.effect"() : () -> i32
    "func.return"() : () -> ()
  ^bb1:  // no predecessors
    "test.effect"() : () -> ()
    "func.return"() : () -> ()
  }) : () -> ()

  // Nothing is folded.
  // CHECK-LABEL: sym_name = "g"
  // CHECK-NEXT: "arith.constant"() <{value = 2 : i32}>
  // CHECK-NEXT: "arith.addi"
  "func.func"() <{function_type = () -> i32, sym_name = "g"}> ({
    %0 = "arith.constant"() <{value = 2 : i32}> : () -> i32
    %1 = "arith.addi"(%0, %0) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    "func.return"(%1) : (i32) -> ()
  }) : () -> ()
}) : () -> ()
