// RUN: mlir-opt %s -loop-invariant-code-motion -mlir-print-op-generic | FileCheck %s

"builtin.module"() ({
  // Out of both loops goes what needs neither counter; out of the inner one what needs only the outer's. A division stays, because no round
  // may come and it might divide by zero, and so does what has an effect.
  // CHECK-LABEL: sym_name = "f"
  // CHECK-NEXT: ^bb0([[A:%.*]]: i32, [[B:%.*]]: i32, [[N:%.*]]: index
  // CHECK-NEXT: "arith.addi"([[A]], [[B]])
  // CHECK-NEXT: "scf.for"([[N]], [[N]], [[N]])
  // CHECK-NEXT: ^bb0([[I:%.*]]: index)
  // CHECK-NEXT: "arith.muli"([[I]], [[I]])
  // CHECK-NEXT: "scf.for"([[N]], [[N]], [[N]])
  // CHECK-NEXT: ^bb0([[J:%.*]]: index)
  // CHECK-NEXT: "arith.divsi"([[A]], [[B]])
  // CHECK-NEXT: "arith.addi"([[I]], [[J]])
  // CHECK-NEXT: "test.use"
  "func.func"() <{function_type = (i32, i32, index) -> (), sym_name = "f"}> ({
  ^bb0(%arg0: i32, %arg1: i32, %arg2: index):
    "scf.for"(%arg2, %arg2, %arg2) ({
    ^bb0(%arg3: index):
      "scf.for"(%arg2, %arg2, %arg2) ({
      ^bb0(%arg4: index):
        %0 = "arith.addi"(%arg0, %arg1) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
        %1 = "arith.muli"(%arg3, %arg3) <{overflowFlags = #arith.overflow<none>}> : (index, index) -> index
        %2 = "arith.divsi"(%arg0, %arg1) : (i32, i32) -> i32
        %3 = "arith.addi"(%arg3, %arg4) <{overflowFlags = #arith.overflow<none>}> : (index, index) -> index
        "test.use"(%0, %1, %2, %3) : (i32, index, i32, index) -> ()
        "scf.yield"() : () -> ()
      }) : (index, index, index) -> ()
      "scf.yield"() : () -> ()
    }) : (index, index, index) -> ()
    "func.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
