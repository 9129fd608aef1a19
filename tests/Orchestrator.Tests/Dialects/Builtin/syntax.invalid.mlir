// One mistake does not hide the next; each is where it is.
"builtin.module"() ({
  // expected-error@+1 {{expected ')' after the operands, found ':'}}
  "a.b"(%x : (i32) -> ()
  // expected-error@+1 {{expected a type, found 'i3z'}}
  %1 = "a.b"() : () -> i3z
  "a.use"(%1) : (i32) -> ()
  // expected-error@+1 {{256 does not fit i8}}
  "a.b"() {v = 256 : i8} : () -> ()
  // expected-error@+1 {{attribute 'v' is given twice}}
  "a.b"() {v, v} : () -> ()
  // expected-error@+1 {{'a.b' has 0 operands and 1 operand types}}
  "a.b"() : (i32) -> ()
  // expected-error@+1 {{'a.b' has 1 results and 2 result names}}
  %2:2 = "a.b"() : () -> i32
  // expected-error@+1 {{'other.thing' is not in generic form}}
  other.thing @f() {
  }
  // expected-error@+1 {{dialect 'agent' has no type 'txt'}}
  %3 = "a.b"() : () -> !agent.txt
  // expected-error@+1 {{attribute alias #nope is not defined}}
  "a.b"() {v = #nope} : () -> ()
  // expected-error@+1 {{the string does not end on its line}}
  "a.b"() {v = "x} : () -> ()
  // expected-error@+1 {{the record has two fields 'a'}}
  %5 = "a.b"() : () -> !agent.record<"a" : i1, "a" : i1>
  %6 = "a.b"() : () -> i32
  // expected-error@+1 {{%6 is used as i64 but has type i32}}
  "a.b"(%6) : (i64) -> ()
  // expected-error@+1 {{%6 is defined twice}}
  %6 = "a.b"() : () -> i32
  // expected-error@+1 {{%6 has 1 results, so there is no %6#3}}
  "a.b"(%6#3) : (i32) -> ()
  "a.b"() ({
    // expected-error@+1 {{block ^bb7 is not defined in this region}}
    "a.jump"()[^bb7] : () -> ()
  ^bb1:
    "a.end"() : () -> ()
  // expected-error@+1 {{block ^bb1 is defined twice}}
  ^bb1:
    "a.end"() : () -> ()
  }) : () -> ()
  // expected-error@+1 {{%nowhere is not defined}}
  "a.b"(%nowhere) : (i32) -> ()
}) : () -> ()

// -----

// expected-error@+1 {{location alias #loc7 is not defined}}
"a.b"() : () -> () loc(#loc7)

// -----

"a.b"() ({
  "a.c"() : () -> ()
// expected-error {{the file ends inside a region}}
