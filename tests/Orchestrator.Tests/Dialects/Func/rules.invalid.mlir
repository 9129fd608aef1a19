// Each part breaks one rule of func.
// expected-error@+1 {{is declared without a body but is public}}
"func.func"() <{function_type = () -> (), sym_name = "f"}> ({
}) : () -> ()

// -----

// expected-error@+1 {{has the type i32}}
"func.func"() <{function_type = i32, sym_name = "f", sym_visibility = "private"}> ({
}) : () -> ()

// -----

// expected-error@+1 {{has the visibility 'secret'}}
"func.func"() <{function_type = () -> (), sym_name = "f", sym_visibility = "secret"}> ({
}) : () -> ()

// -----

// expected-error@+1 {{takes 1 arguments, but its entry block has 0}}
"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
    "func.return"() : () -> ()
}) : () -> ()

// -----

// expected-error@+1 {{takes i32 as argument 0, but its entry block has i64}}
"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i64):
    "func.return"() : () -> ()
}) : () -> ()

// -----

// expected-error@+1 {{has 2 dictionaries in 'arg_attrs' for 1}}
"func.func"() <{arg_attrs = [{}, {}], function_type = (i32) -> (), sym_name = "f", sym_visibility = "private"}> ({
}) : () -> ()

// -----

// expected-error@+1 {{has 1 : i64 in 'res_attrs'}}
"func.func"() <{function_type = () -> i32, res_attrs = [1], sym_name = "f", sym_visibility = "private"}> ({
}) : () -> ()

// -----

"func.func"() <{function_type = () -> (i32), sym_name = "f"}> ({
    // expected-error@+1 {{returns 0 values, but @f gives 1}}
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i64) -> (i32), sym_name = "f"}> ({
  ^bb0(%l: i64):
    // expected-error@+1 {{returns i64 as result 0, but @f gives i32}}
    "func.return"(%l) : (i64) -> ()
}) : () -> ()

// -----

// expected-error@+1 {{stands outside a function}}
"func.return"() : () -> ()

// -----

"func.func"() <{function_type = (i32) -> i32, sym_name = "g", sym_visibility = "private"}> ({
}) : () -> ()
"func.func"() <{function_type = () -> (), sym_name = "f"}> ({
    // expected-error@+1 {{hands 0 arguments to @g, which takes 1}}
    %0 = "func.call"() <{callee = @g}> : () -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> i32, sym_name = "g", sym_visibility = "private"}> ({
}) : () -> ()
"func.func"() <{function_type = (i64) -> (), sym_name = "f"}> ({
  ^bb0(%l: i64):
    // expected-error@+1 {{hands i64 to @g as argument 0, which takes i32}}
    %0 = "func.call"(%l) <{callee = @g}> : (i64) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> i32, sym_name = "g", sym_visibility = "private"}> ({
}) : () -> ()
"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{takes 0 results from @g, which gives 1}}
    "func.call"(%a) <{callee = @g}> : (i32) -> ()
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> i32, sym_name = "g", sym_visibility = "private"}> ({
}) : () -> ()
"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{takes i64 from @g as result 0, which gives i32}}
    %0 = "func.call"(%a) <{callee = @g}> : (i32) -> i64
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> i32, sym_name = "g", sym_visibility = "private"}> ({
}) : () -> ()
"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{refers to @h, which is not declared}}
    %0 = "func.call"(%a) <{callee = @h}> : (i32) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = ((i32) -> i32) -> (), sym_name = "f"}> ({
  ^bb0(%h: (i32) -> i32):
    // expected-error@+1 {{hands 0 arguments to the function, which takes 1}}
    %0 = "func.call_indirect"(%h) : ((i32) -> i32) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{takes a function as operand 'callee' (0), found i32}}
    %0 = "func.call_indirect"(%a) : (i32) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> i32, sym_name = "g", sym_visibility = "private"}> ({
}) : () -> ()
"func.func"() <{function_type = () -> (), sym_name = "f"}> ({
    // expected-error@+1 {{gives @g as (i64) -> i32, but it is declared as (i32) -> i32}}
    %0 = "func.constant"() <{value = @g}> : () -> ((i64) -> i32)
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = () -> (), sym_name = "f"}> ({
    // expected-error@+1 {{refers to @h, which is not declared}}
    %0 = "func.constant"() <{value = @h}> : () -> ((i64) -> i32)
    "func.return"() : () -> ()
}) : () -> ()

// -----

// A rule that asks a broken function is silent; the function speaks for itself.
// expected-error@+1 {{lacks the attribute 'function_type'}}
"func.func"() <{sym_name = "f"}> ({
  ^bb0(%i: i32):
    "func.return"(%i) : (i32) -> ()
}) : () -> ()
