// pipeline: canonicalize
"builtin.module"() ({
  "func.func"() <{function_type = (i32, i32) -> (i32, i32, i32, i32, i32, i32), sym_name = "and"}> ({
  ^bb0(%arg9: i32, %arg10: i32):
    %60 = "arith.constant"() <{value = 0 : i32}> : () -> i32
    %61 = "arith.constant"() <{value = -1 : i32}> : () -> i32
    %62 = "arith.xori"(%arg9, %61) : (i32, i32) -> i32
    %63 = "arith.andi"(%arg9, %60) : (i32, i32) -> i32
    %64 = "arith.andi"(%arg9, %61) : (i32, i32) -> i32
    %65 = "arith.andi"(%arg9, %arg9) : (i32, i32) -> i32
    %66 = "arith.andi"(%62, %arg9) : (i32, i32) -> i32
    %67 = "arith.andi"(%arg9, %arg10) : (i32, i32) -> i32
    %68 = "arith.andi"(%67, %arg9) : (i32, i32) -> i32
    %69 = "arith.andi"(%arg10, %67) : (i32, i32) -> i32
    "func.return"(%63, %64, %65, %66, %68, %69) : (i32, i32, i32, i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32, i32) -> (i32, i32, i32, i32, i32, i32), sym_name = "or"}> ({
  ^bb0(%arg7: i32, %arg8: i32):
    %50 = "arith.constant"() <{value = 0 : i32}> : () -> i32
    %51 = "arith.constant"() <{value = -1 : i32}> : () -> i32
    %52 = "arith.xori"(%arg7, %51) : (i32, i32) -> i32
    %53 = "arith.ori"(%arg7, %50) : (i32, i32) -> i32
    %54 = "arith.ori"(%arg7, %51) : (i32, i32) -> i32
    %55 = "arith.ori"(%arg7, %arg7) : (i32, i32) -> i32
    %56 = "arith.ori"(%arg7, %52) : (i32, i32) -> i32
    %57 = "arith.ori"(%arg7, %arg8) : (i32, i32) -> i32
    %58 = "arith.ori"(%57, %arg7) : (i32, i32) -> i32
    %59 = "arith.ori"(%arg8, %57) : (i32, i32) -> i32
    "func.return"(%53, %54, %55, %56, %58, %59) : (i32, i32, i32, i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32, i32) -> (i32, i32, i32, i32, i32, i32), sym_name = "xor"}> ({
  ^bb0(%arg5: i32, %arg6: i32):
    %42 = "arith.constant"() <{value = 0 : i32}> : () -> i32
    %43 = "arith.xori"(%arg5, %42) : (i32, i32) -> i32
    %44 = "arith.xori"(%arg5, %arg5) : (i32, i32) -> i32
    %45 = "arith.xori"(%arg5, %arg6) : (i32, i32) -> i32
    %46 = "arith.xori"(%45, %arg5) : (i32, i32) -> i32
    %47 = "arith.xori"(%45, %arg6) : (i32, i32) -> i32
    %48 = "arith.xori"(%arg5, %45) : (i32, i32) -> i32
    %49 = "arith.xori"(%arg6, %45) : (i32, i32) -> i32
    "func.return"(%43, %44, %46, %47, %48, %49) : (i32, i32, i32, i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i8, i8) -> (i32, i32, i32), sym_name = "widened"}> ({
  ^bb0(%arg3: i8, %arg4: i8):
    %35 = "arith.extui"(%arg3) : (i8) -> i32
    %36 = "arith.extui"(%arg4) : (i8) -> i32
    %37 = "arith.extsi"(%arg3) : (i8) -> i32
    %38 = "arith.extsi"(%arg4) : (i8) -> i32
    %39 = "arith.andi"(%35, %36) : (i32, i32) -> i32
    %40 = "arith.ori"(%37, %38) : (i32, i32) -> i32
    %41 = "arith.xori"(%35, %36) : (i32, i32) -> i32
    "func.return"(%39, %40, %41) : (i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i8) -> (i8, i8, i8, i8, i8, i8, i8), sym_name = "shifts"}> ({
  ^bb0(%arg2: i8):
    %24 = "arith.constant"() <{value = 0 : i8}> : () -> i8
    %25 = "arith.constant"() <{value = 2 : i8}> : () -> i8
    %26 = "arith.constant"() <{value = 9 : i8}> : () -> i8
    %27 = "arith.constant"() <{value = -100 : i8}> : () -> i8
    %28 = "arith.shli"(%arg2, %24) <{overflowFlags = #arith.overflow<none>}> : (i8, i8) -> i8
    %29 = "arith.shrui"(%arg2, %24) : (i8, i8) -> i8
    %30 = "arith.shrsi"(%arg2, %24) : (i8, i8) -> i8
    %31 = "arith.shli"(%27, %25) <{overflowFlags = #arith.overflow<none>}> : (i8, i8) -> i8
    %32 = "arith.shrui"(%27, %25) : (i8, i8) -> i8
    %33 = "arith.shrsi"(%27, %25) : (i8, i8) -> i8
    %34 = "arith.shli"(%27, %26) <{overflowFlags = #arith.overflow<none>}> : (i8, i8) -> i8
    "func.return"(%28, %29, %30, %31, %32, %33, %34) : (i8, i8, i8, i8, i8, i8, i8) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i8) -> (i8, i8, i8, i8, i8, i8, i8, i8, i8, i8), sym_name = "extremes"}> ({
  ^bb0(%arg1: i8):
    %10 = "arith.constant"() <{value = -128 : i8}> : () -> i8
    %11 = "arith.constant"() <{value = 127 : i8}> : () -> i8
    %12 = "arith.constant"() <{value = 0 : i8}> : () -> i8
    %13 = "arith.constant"() <{value = -1 : i8}> : () -> i8
    %14 = "arith.maxsi"(%arg1, %arg1) : (i8, i8) -> i8
    %15 = "arith.maxsi"(%arg1, %11) : (i8, i8) -> i8
    %16 = "arith.maxsi"(%arg1, %10) : (i8, i8) -> i8
    %17 = "arith.minsi"(%arg1, %10) : (i8, i8) -> i8
    %18 = "arith.minsi"(%arg1, %11) : (i8, i8) -> i8
    %19 = "arith.maxui"(%arg1, %13) : (i8, i8) -> i8
    %20 = "arith.maxui"(%arg1, %12) : (i8, i8) -> i8
    %21 = "arith.minui"(%arg1, %12) : (i8, i8) -> i8
    %22 = "arith.minui"(%arg1, %13) : (i8, i8) -> i8
    %23 = "arith.maxui"(%10, %11) : (i8, i8) -> i8
    "func.return"(%14, %15, %16, %17, %18, %19, %20, %21, %22, %23) : (i8, i8, i8, i8, i8, i8, i8, i8, i8, i8) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i8) -> (i8, i1, i8, i8, i8, i8, i8, i8, i8, i1, i8), sym_name = "extended"}> ({
  ^bb0(%arg0: i8):
    %0 = "arith.constant"() <{value = 0 : i8}> : () -> i8
    %1 = "arith.constant"() <{value = 1 : i8}> : () -> i8
    %2 = "arith.constant"() <{value = 2 : i8}> : () -> i8
    %3 = "arith.constant"() <{value = -3 : i8}> : () -> i8
    %4:2 = "arith.addui_extended"(%arg0, %0) : (i8, i8) -> (i8, i1)
    %5:2 = "arith.mulsi_extended"(%3, %2) : (i8, i8) -> (i8, i8)
    %6:2 = "arith.mului_extended"(%3, %2) : (i8, i8) -> (i8, i8)
    %7:2 = "arith.mulsi_extended"(%arg0, %1) : (i8, i8) -> (i8, i8)
    %8:2 = "arith.addui_extended"(%3, %3) : (i8, i8) -> (i8, i1)
    %9:2 = "arith.mului_extended"(%arg0, %arg0) : (i8, i8) -> (i8, i8)
    "func.return"(%4#0, %4#1, %5#0, %5#1, %6#0, %6#1, %7#0, %7#1, %8#0, %8#1, %9#0) : (i8, i1, i8, i8, i8, i8, i8, i8, i8, i1, i8) -> ()
  }) : () -> ()
}) : () -> ()
// expect:
"builtin.module"() ({
  "func.func"() <{function_type = (i32, i32) -> (i32, i32, i32, i32, i32, i32), sym_name = "and"}> ({
  ^bb0(%arg9: i32, %arg10: i32):
    %28 = "arith.constant"() <{value = 0 : i32}> : () -> i32
    %29 = "arith.andi"(%arg9, %arg10) : (i32, i32) -> i32
    "func.return"(%28, %arg9, %arg9, %28, %29, %29) : (i32, i32, i32, i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32, i32) -> (i32, i32, i32, i32, i32, i32), sym_name = "or"}> ({
  ^bb0(%arg7: i32, %arg8: i32):
    %26 = "arith.constant"() <{value = -1 : i32}> : () -> i32
    %27 = "arith.ori"(%arg7, %arg8) : (i32, i32) -> i32
    "func.return"(%arg7, %26, %arg7, %26, %27, %27) : (i32, i32, i32, i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32, i32) -> (i32, i32, i32, i32, i32, i32), sym_name = "xor"}> ({
  ^bb0(%arg5: i32, %arg6: i32):
    %25 = "arith.constant"() <{value = 0 : i32}> : () -> i32
    "func.return"(%arg5, %25, %arg6, %arg5, %arg6, %arg5) : (i32, i32, i32, i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i8, i8) -> (i32, i32, i32), sym_name = "widened"}> ({
  ^bb0(%arg3: i8, %arg4: i8):
    %19 = "arith.andi"(%arg3, %arg4) : (i8, i8) -> i8
    %20 = "arith.extui"(%19) : (i8) -> i32
    %21 = "arith.ori"(%arg3, %arg4) : (i8, i8) -> i8
    %22 = "arith.extsi"(%21) : (i8) -> i32
    %23 = "arith.xori"(%arg3, %arg4) : (i8, i8) -> i8
    %24 = "arith.extui"(%23) : (i8) -> i32
    "func.return"(%20, %22, %24) : (i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i8) -> (i8, i8, i8, i8, i8, i8, i8), sym_name = "shifts"}> ({
  ^bb0(%arg2: i8):
    %13 = "arith.constant"() <{value = -25 : i8}> : () -> i8
    %14 = "arith.constant"() <{value = 39 : i8}> : () -> i8
    %15 = "arith.constant"() <{value = 112 : i8}> : () -> i8
    %16 = "arith.constant"() <{value = 9 : i8}> : () -> i8
    %17 = "arith.constant"() <{value = -100 : i8}> : () -> i8
    %18 = "arith.shli"(%17, %16) <{overflowFlags = #arith.overflow<none>}> : (i8, i8) -> i8
    "func.return"(%arg2, %arg2, %arg2, %15, %14, %13, %18) : (i8, i8, i8, i8, i8, i8, i8) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i8) -> (i8, i8, i8, i8, i8, i8, i8, i8, i8, i8), sym_name = "extremes"}> ({
  ^bb0(%arg1: i8):
    %9 = "arith.constant"() <{value = -128 : i8}> : () -> i8
    %10 = "arith.constant"() <{value = 127 : i8}> : () -> i8
    %11 = "arith.constant"() <{value = 0 : i8}> : () -> i8
    %12 = "arith.constant"() <{value = -1 : i8}> : () -> i8
    "func.return"(%arg1, %10, %arg1, %9, %arg1, %12, %arg1, %11, %arg1, %9) : (i8, i8, i8, i8, i8, i8, i8, i8, i8, i8) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i8) -> (i8, i1, i8, i8, i8, i8, i8, i8, i8, i1, i8), sym_name = "extended"}> ({
  ^bb0(%arg0: i8):
    %0 = "arith.constant"() <{value = true}> : () -> i1
    %1 = "arith.constant"() <{value = -1 : i8}> : () -> i8
    %2 = "arith.constant"() <{value = -6 : i8}> : () -> i8
    %3 = "arith.constant"() <{value = false}> : () -> i1
    %4 = "arith.constant"() <{value = 1 : i8}> : () -> i8
    %5 = "arith.constant"() <{value = 0 : i8}> : () -> i8
    %6 = "arith.cmpi"(%arg0, %5) <{predicate = 2 : i64}> : (i8, i8) -> i1
    %7 = "arith.extsi"(%6) : (i1) -> i8
    %8 = "arith.muli"(%arg0, %arg0) <{overflowFlags = #arith.overflow<none>}> : (i8, i8) -> i8
    "func.return"(%arg0, %3, %2, %1, %2, %4, %arg0, %7, %2, %0, %8) : (i8, i1, i8, i8, i8, i8, i8, i8, i8, i1, i8) -> ()
  }) : () -> ()
}) : () -> ()
