// pipeline: canonicalize
"builtin.module"() ({
  "func.func"() <{function_type = (i32) -> (i32, i32, i32, i32), sym_name = "zero"}> ({
  ^bb0(%arg6: i32):
    %45 = "arith.constant"() <{value = 0 : i32}> : () -> i32
    %46 = "arith.addi"(%arg6, %45) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %47 = "arith.addi"(%45, %arg6) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %48 = "arith.subi"(%arg6, %45) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %49 = "arith.subi"(%arg6, %arg6) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    "func.return"(%46, %47, %48, %49) : (i32, i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32, i32) -> (i32, i32, i32, i32, i32), sym_name = "cancel"}> ({
  ^bb0(%arg4: i32, %arg5: i32):
    %38 = "arith.subi"(%arg4, %arg5) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %39 = "arith.addi"(%arg4, %arg5) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %40 = "arith.addi"(%38, %arg5) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %41 = "arith.addi"(%arg5, %38) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %42 = "arith.subi"(%39, %arg5) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %43 = "arith.subi"(%39, %arg4) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %44 = "arith.subi"(%38, %arg4) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    "func.return"(%40, %41, %42, %43, %44) : (i32, i32, i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32) -> (i32, i32, i32, i32, i32, i32, i32, i32, i32, i32), sym_name = "constants"}> ({
  ^bb0(%arg3: i32):
    %23 = "arith.constant"() <{value = 2 : i32}> : () -> i32
    %24 = "arith.constant"() <{value = 5 : i32}> : () -> i32
    %25 = "arith.addi"(%arg3, %23) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %26 = "arith.subi"(%arg3, %23) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %27 = "arith.subi"(%23, %arg3) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %28 = "arith.addi"(%25, %24) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %29 = "arith.addi"(%26, %24) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %30 = "arith.addi"(%27, %24) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %31 = "arith.subi"(%25, %24) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %32 = "arith.subi"(%26, %24) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %33 = "arith.subi"(%27, %24) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %34 = "arith.subi"(%24, %25) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %35 = "arith.subi"(%24, %26) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %36 = "arith.subi"(%24, %27) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %37 = "arith.addi"(%23, %24) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    "func.return"(%28, %29, %30, %31, %32, %33, %34, %35, %36, %37) : (i32, i32, i32, i32, i32, i32, i32, i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i8) -> (i8, i8), sym_name = "flags"}> ({
  ^bb0(%arg2: i8):
    %18 = "arith.constant"() <{value = 100 : i8}> : () -> i8
    %19 = "arith.constant"() <{value = 1 : i8}> : () -> i8
    %20 = "arith.addi"(%arg2, %18) <{overflowFlags = #arith.overflow<nsw, nuw>}> : (i8, i8) -> i8
    %21 = "arith.addi"(%20, %18) <{overflowFlags = #arith.overflow<nsw, nuw>}> : (i8, i8) -> i8
    %22 = "arith.addi"(%20, %19) <{overflowFlags = #arith.overflow<nsw>}> : (i8, i8) -> i8
    "func.return"(%21, %22) : (i8, i8) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i64, i64) -> (i64, i64, i64, i64, i64, i64), sym_name = "products"}> ({
  ^bb0(%arg0: i64, %arg1: i64):
    %6 = "arith.constant"() <{value = 0 : i64}> : () -> i64
    %7 = "arith.constant"() <{value = 1 : i64}> : () -> i64
    %8 = "arith.constant"() <{value = 3 : i64}> : () -> i64
    %9 = "arith.constant"() <{value = -1 : i64}> : () -> i64
    %10 = "arith.muli"(%arg0, %6) <{overflowFlags = #arith.overflow<none>}> : (i64, i64) -> i64
    %11 = "arith.muli"(%7, %arg0) <{overflowFlags = #arith.overflow<none>}> : (i64, i64) -> i64
    %12 = "arith.muli"(%arg0, %8) <{overflowFlags = #arith.overflow<none>}> : (i64, i64) -> i64
    %13 = "arith.muli"(%12, %8) <{overflowFlags = #arith.overflow<none>}> : (i64, i64) -> i64
    %14 = "arith.muli"(%8, %8) <{overflowFlags = #arith.overflow<none>}> : (i64, i64) -> i64
    %15 = "arith.muli"(%arg1, %9) <{overflowFlags = #arith.overflow<none>}> : (i64, i64) -> i64
    %16 = "arith.addi"(%arg0, %15) <{overflowFlags = #arith.overflow<none>}> : (i64, i64) -> i64
    %17 = "arith.addi"(%15, %arg0) <{overflowFlags = #arith.overflow<none>}> : (i64, i64) -> i64
    "func.return"(%10, %11, %13, %14, %16, %17) : (i64, i64, i64, i64, i64, i64) -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (i8, i128, index), sym_name = "wide"}> ({
    %0 = "arith.constant"() <{value = 100 : i8}> : () -> i8
    %1 = "arith.addi"(%0, %0) <{overflowFlags = #arith.overflow<none>}> : (i8, i8) -> i8
    %2 = "arith.constant"() <{value = 170141183460469231731687303715884105727 : i128}> : () -> i128
    %3 = "arith.addi"(%2, %2) <{overflowFlags = #arith.overflow<none>}> : (i128, i128) -> i128
    %4 = "arith.constant"() <{value = 9223372036854775807 : index}> : () -> index
    %5 = "arith.addi"(%4, %4) <{overflowFlags = #arith.overflow<none>}> : (index, index) -> index
    "func.return"(%1, %3, %5) : (i8, i128, index) -> ()
  }) : () -> ()
}) : () -> ()
// expect:
"builtin.module"() ({
  "func.func"() <{function_type = (i32) -> (i32, i32, i32, i32), sym_name = "zero"}> ({
  ^bb0(%arg6: i32):
    %26 = "arith.constant"() <{value = 0 : i32}> : () -> i32
    "func.return"(%arg6, %arg6, %arg6, %26) : (i32, i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32, i32) -> (i32, i32, i32, i32, i32), sym_name = "cancel"}> ({
  ^bb0(%arg4: i32, %arg5: i32):
    %24 = "arith.constant"() <{value = 0 : i32}> : () -> i32
    %25 = "arith.subi"(%24, %arg5) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    "func.return"(%arg4, %arg4, %arg4, %arg5, %25) : (i32, i32, i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32) -> (i32, i32, i32, i32, i32, i32, i32, i32, i32, i32), sym_name = "constants"}> ({
  ^bb0(%arg3: i32):
    %12 = "arith.constant"() <{value = -3 : i32}> : () -> i32
    %13 = "arith.constant"() <{value = 3 : i32}> : () -> i32
    %14 = "arith.constant"() <{value = 7 : i32}> : () -> i32
    %15 = "arith.addi"(%arg3, %14) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %16 = "arith.addi"(%arg3, %13) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %17 = "arith.subi"(%14, %arg3) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %18 = "arith.addi"(%arg3, %12) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %19 = "arith.subi"(%arg3, %14) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %20 = "arith.subi"(%12, %arg3) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %21 = "arith.subi"(%13, %arg3) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %22 = "arith.subi"(%14, %arg3) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %23 = "arith.addi"(%arg3, %13) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    "func.return"(%15, %16, %17, %18, %19, %20, %21, %22, %23, %14) : (i32, i32, i32, i32, i32, i32, i32, i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i8) -> (i8, i8), sym_name = "flags"}> ({
  ^bb0(%arg2: i8):
    %8 = "arith.constant"() <{value = 101 : i8}> : () -> i8
    %9 = "arith.constant"() <{value = -56 : i8}> : () -> i8
    %10 = "arith.addi"(%arg2, %9) <{overflowFlags = #arith.overflow<nuw>}> : (i8, i8) -> i8
    %11 = "arith.addi"(%arg2, %8) <{overflowFlags = #arith.overflow<nsw>}> : (i8, i8) -> i8
    "func.return"(%10, %11) : (i8, i8) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i64, i64) -> (i64, i64, i64, i64, i64, i64), sym_name = "products"}> ({
  ^bb0(%arg0: i64, %arg1: i64):
    %3 = "arith.constant"() <{value = 0 : i64}> : () -> i64
    %4 = "arith.constant"() <{value = 9 : i64}> : () -> i64
    %5 = "arith.muli"(%arg0, %4) <{overflowFlags = #arith.overflow<none>}> : (i64, i64) -> i64
    %6 = "arith.subi"(%arg0, %arg1) <{overflowFlags = #arith.overflow<none>}> : (i64, i64) -> i64
    %7 = "arith.subi"(%arg0, %arg1) <{overflowFlags = #arith.overflow<none>}> : (i64, i64) -> i64
    "func.return"(%3, %arg0, %5, %4, %6, %7) : (i64, i64, i64, i64, i64, i64) -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (i8, i128, index), sym_name = "wide"}> ({
    %0 = "arith.constant"() <{value = -2 : index}> : () -> index
    %1 = "arith.constant"() <{value = -2 : i128}> : () -> i128
    %2 = "arith.constant"() <{value = -56 : i8}> : () -> i8
    "func.return"(%2, %1, %0) : (i8, i128, index) -> ()
  }) : () -> ()
}) : () -> ()
