// RUN: orc opt %s -p assume{properties=decomposed} | filecheck %s
// RUN: not orc opt %s -p assume{properties=decomposed},resolve-availability 2>&1 | filecheck %s --check-prefix=ORDER

// Says what the input is already, so that the order of passes can be checked; changes nothing.
// CHECK: "test.op"() : () -> ()
// ORDER: pass 'resolve-availability' must run before the IR is 'decomposed'
"test.op"() : () -> ()
