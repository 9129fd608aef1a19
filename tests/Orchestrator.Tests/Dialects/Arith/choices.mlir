// pipeline: canonicalize
"builtin.module"() ({
  "func.func"() <{function_type = (i32, i1, i8, i8) -> (i1, i1, i1, i1, i1, i1, i1, i1, i1, i1), sym_name = "compare"}> ({
  ^bb0(%arg4: i32, %arg5: i1, %arg6: i8, %arg7: i8):
    %18 = "arith.constant"() <{value = 0 : i32}> : () -> i32
    %19 = "arith.constant"() <{value = -1 : i32}> : () -> i32
    %20 = "arith.constant"() <{value = false}> : () -> i1
    %21 = "arith.constant"() <{value = true}> : () -> i1
    %22 = "arith.cmpi"(%arg4, %arg4) <{predicate = 0 : i64}> : (i32, i32) -> i1
    %23 = "arith.cmpi"(%arg4, %arg4) <{predicate = 6 : i64}> : (i32, i32) -> i1
    %24 = "arith.cmpi"(%18, %19) <{predicate = 6 : i64}> : (i32, i32) -> i1
    %25 = "arith.cmpi"(%18, %19) <{predicate = 2 : i64}> : (i32, i32) -> i1
    %26 = "arith.cmpi"(%18, %arg4) <{predicate = 2 : i64}> : (i32, i32) -> i1
    %27 = "arith.cmpi"(%arg5, %20) <{predicate = 1 : i64}> : (i1, i1) -> i1
    %28 = "arith.cmpi"(%arg5, %21) <{predicate = 0 : i64}> : (i1, i1) -> i1
    %29 = "arith.extui"(%arg5) : (i1) -> i32
    %30 = "arith.cmpi"(%29, %18) <{predicate = 1 : i64}> : (i32, i32) -> i1
    %31 = "arith.extsi"(%arg6) : (i8) -> i32
    %32 = "arith.extsi"(%arg7) : (i8) -> i32
    %33 = "arith.cmpi"(%31, %32) <{predicate = 0 : i64}> : (i32, i32) -> i1
    %34 = "arith.cmpi"(%arg4, %18) <{predicate = 3 : i64}> : (i32, i32) -> i1
    %35 = "arith.xori"(%34, %21) : (i1, i1) -> i1
    "func.return"(%22, %23, %24, %25, %26, %27, %28, %30, %33, %35) : (i1, i1, i1, i1, i1, i1, i1, i1, i1, i1) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1, i1, i32, i32) -> (i32, i32, i32, i1, i32, i32, i32, i32, i1, i32, i32), sym_name = "select"}> ({
  ^bb0(%arg0: i1, %arg1: i1, %arg2: i32, %arg3: i32):
    %0 = "arith.constant"() <{value = false}> : () -> i1
    %1 = "arith.constant"() <{value = true}> : () -> i1
    %2 = "arith.constant"() <{value = 0 : i32}> : () -> i32
    %3 = "arith.constant"() <{value = 1 : i32}> : () -> i32
    %4 = "arith.select"(%arg0, %arg2, %arg2) : (i1, i32, i32) -> i32
    %5 = "arith.select"(%1, %arg2, %arg3) : (i1, i32, i32) -> i32
    %6 = "arith.select"(%0, %arg2, %arg3) : (i1, i32, i32) -> i32
    %7 = "arith.select"(%arg0, %1, %0) : (i1, i1, i1) -> i1
    %8 = "arith.cmpi"(%arg2, %arg3) <{predicate = 0 : i64}> : (i32, i32) -> i1
    %9 = "arith.select"(%8, %arg2, %arg3) : (i1, i32, i32) -> i32
    %10 = "arith.select"(%arg0, %arg2, %arg3) : (i1, i32, i32) -> i32
    %11 = "arith.select"(%arg0, %10, %2) : (i1, i32, i32) -> i32
    %12 = "arith.select"(%arg0, %3, %10) : (i1, i32, i32) -> i32
    %13 = "arith.xori"(%arg1, %1) : (i1, i1) -> i1
    %14 = "arith.select"(%13, %arg2, %arg3) : (i1, i32, i32) -> i32
    %15 = "arith.select"(%arg0, %0, %1) : (i1, i1, i1) -> i1
    %16 = "arith.select"(%arg0, %3, %2) : (i1, i32, i32) -> i32
    %17 = "arith.select"(%arg0, %2, %3) : (i1, i32, i32) -> i32
    "func.return"(%4, %5, %6, %7, %9, %11, %12, %14, %15, %16, %17) : (i32, i32, i32, i1, i32, i32, i32, i32, i1, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1, i1, i32, i32) -> (i32, i32), sym_name = "implied"}> ({
  ^bb0(%arg20: i1, %arg21: i1, %arg22: i32, %arg23: i32):
    %30 = "arith.andi"(%arg20, %arg21) : (i1, i1) -> i1
    %31 = "arith.select"(%arg21, %arg22, %arg23) : (i1, i32, i32) -> i32
    %32 = "arith.select"(%30, %arg22, %31) : (i1, i32, i32) -> i32
    %33 = "arith.select"(%30, %arg23, %31) : (i1, i32, i32) -> i32
    "func.return"(%32, %33) : (i32, i32) -> ()
  }) : () -> ()
}) : () -> ()
// expect:
"builtin.module"() ({
  "func.func"() <{function_type = (i32, i1, i8, i8) -> (i1, i1, i1, i1, i1, i1, i1, i1, i1, i1), sym_name = "compare"}> ({
  ^bb0(%arg8: i32, %arg9: i1, %arg10: i8, %arg11: i8):
    %13 = "arith.constant"() <{value = 0 : i32}> : () -> i32
    %14 = "arith.constant"() <{value = false}> : () -> i1
    %15 = "arith.constant"() <{value = true}> : () -> i1
    %16 = "arith.cmpi"(%arg8, %13) <{predicate = 4 : i64}> : (i32, i32) -> i1
    %17 = "arith.cmpi"(%arg10, %arg11) <{predicate = 0 : i64}> : (i8, i8) -> i1
    %18 = "arith.cmpi"(%arg8, %13) <{predicate = 4 : i64}> : (i32, i32) -> i1
    "func.return"(%15, %14, %15, %14, %16, %arg9, %arg9, %arg9, %17, %18) : (i1, i1, i1, i1, i1, i1, i1, i1, i1, i1) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1, i1, i32, i32) -> (i32, i32, i32, i1, i32, i32, i32, i32, i1, i32, i32), sym_name = "select"}> ({
  ^bb0(%arg4: i1, %arg5: i1, %arg6: i32, %arg7: i32):
    %3 = "arith.constant"() <{value = true}> : () -> i1
    %4 = "arith.constant"() <{value = 0 : i32}> : () -> i32
    %5 = "arith.constant"() <{value = 1 : i32}> : () -> i32
    %6 = "arith.select"(%arg4, %arg6, %4) : (i1, i32, i32) -> i32
    %7 = "arith.select"(%arg4, %5, %arg7) : (i1, i32, i32) -> i32
    %8 = "arith.select"(%arg5, %arg7, %arg6) : (i1, i32, i32) -> i32
    %9 = "arith.xori"(%arg4, %3) : (i1, i1) -> i1
    %10 = "arith.extui"(%arg4) : (i1) -> i32
    %11 = "arith.xori"(%arg4, %3) : (i1, i1) -> i1
    %12 = "arith.extui"(%11) : (i1) -> i32
    "func.return"(%arg6, %arg6, %arg7, %arg4, %arg7, %6, %7, %8, %9, %10, %12) : (i32, i32, i32, i1, i32, i32, i32, i32, i1, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1, i1, i32, i32) -> (i32, i32), sym_name = "implied"}> ({
  ^bb0(%arg0: i1, %arg1: i1, %arg2: i32, %arg3: i32):
    %0 = "arith.andi"(%arg0, %arg1) : (i1, i1) -> i1
    %1 = "arith.select"(%arg1, %arg2, %arg3) : (i1, i32, i32) -> i32
    %2 = "arith.select"(%0, %arg3, %1) : (i1, i32, i32) -> i32
    "func.return"(%1, %2) : (i32, i32) -> ()
  }) : () -> ()
}) : () -> ()
