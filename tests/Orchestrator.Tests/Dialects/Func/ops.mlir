// Every operation of func.
"builtin.module"() ({
  "func.func"() <{arg_attrs = [{test.in}], function_type = (i32) -> i32, res_attrs = [{test.out}], sym_name = "extern", sym_visibility = "private"}> ({
  }) : () -> ()
  "func.func"() <{function_type = () -> (), no_inline, sym_name = "inner", sym_visibility = "nested"}> ({
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32) -> i32, sym_name = "main"}> ({
  ^bb0(%arg0: i32):
    %0 = "func.call"(%arg0) <{callee = @extern}> : (i32) -> i32
    "func.call"() <{callee = @inner, no_inline}> : () -> ()
    %1 = "func.constant"() <{value = @extern}> : () -> ((i32) -> i32)
    %2 = "func.call_indirect"(%1, %0) : ((i32) -> i32, i32) -> i32
    "func.return"(%2) : (i32) -> ()
  }) {test.mark} : () -> ()
}) : () -> ()
