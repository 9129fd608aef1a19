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
}) : () -> ()
// expect:
"builtin.module"() ({
  "func.func"() <{function_type = (i32, i1, i8, i8) -> (i1, i1, i1, i1, i1, i1, i1, i1, i1, i1), sym_name = "compare"}> ({
  ^bb0(%arg4: i32, %arg5: i1, %arg6: i8, %arg7: i8):
    %10 = "arith.constant"() <{value = 0 : i32}> : () -> i32
    %11 = "arith.constant"() <{value = false}> : () -> i1
    %12 = "arith.constant"() <{value = true}> : () -> i1
    %13 = "arith.cmpi"(%arg4, %10) <{predicate = 4 : i64}> : (i32, i32) -> i1
    %14 = "arith.cmpi"(%arg6, %arg7) <{predicate = 0 : i64}> : (i8, i8) -> i1
    %15 = "arith.cmpi"(%arg4, %10) <{predicate = 4 : i64}> : (i32, i32) -> i1
    "func.return"(%12, %11, %12, %11, %13, %arg5, %arg5, %arg5, %14, %15) : (i1, i1, i1, i1, i1, i1, i1, i1, i1, i1) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i1, i1, i32, i32) -> (i32, i32, i32, i1, i32, i32, i32, i32, i1, i32, i32), sym_name = "select"}> ({
  ^bb0(%arg0: i1, %arg1: i1, %arg2: i32, %arg3: i32):
    %0 = "arith.constant"() <{value = true}> : () -> i1
    %1 = "arith.constant"() <{value = 0 : i32}> : () -> i32
    %2 = "arith.constant"() <{value = 1 : i32}> : () -> i32
    %3 = "arith.select"(%arg0, %arg2, %1) : (i1, i32, i32) -> i32
    %4 = "arith.select"(%arg0, %2, %arg3) : (i1, i32, i32) -> i32
    %5 = "arith.select"(%arg1, %arg3, %arg2) : (i1, i32, i32) -> i32
    %6 = "arith.xori"(%arg0, %0) : (i1, i1) -> i1
    %7 = "arith.extui"(%arg0) : (i1) -> i32
    %8 = "arith.xori"(%arg0, %0) : (i1, i1) -> i1
    %9 = "arith.extui"(%8) : (i1) -> i32
    "func.return"(%arg2, %arg2, %arg3, %arg0, %arg3, %3, %4, %5, %6, %7, %9) : (i32, i32, i32, i1, i32, i32, i32, i32, i1, i32, i32) -> ()
  }) : () -> ()
}) : () -> ()
