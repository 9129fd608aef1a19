// pipeline: canonicalize
"builtin.module"() ({
  "func.func"() <{function_type = (f32, f32) -> (f32, f32, f32, f32, f32, f32, f32, f32), sym_name = "neutral"}> ({
  ^bb0(%arg2: f32, %arg3: f32):
    %32 = "arith.constant"() <{value = -0.000000e+00 : f32}> : () -> f32
    %33 = "arith.constant"() <{value = 0.000000e+00 : f32}> : () -> f32
    %34 = "arith.constant"() <{value = 1.000000e+00 : f32}> : () -> f32
    %35 = "arith.addf"(%arg2, %32) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %36 = "arith.addf"(%arg2, %33) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %37 = "arith.subf"(%arg2, %33) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %38 = "arith.mulf"(%arg2, %34) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %39 = "arith.divf"(%arg2, %34) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %40 = "arith.negf"(%arg2) <{fastmath = #arith.fastmath<none>}> : (f32) -> f32
    %41 = "arith.negf"(%40) <{fastmath = #arith.fastmath<none>}> : (f32) -> f32
    %42 = "arith.negf"(%arg3) <{fastmath = #arith.fastmath<none>}> : (f32) -> f32
    %43 = "arith.mulf"(%40, %42) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %44 = "arith.divf"(%40, %42) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    "func.return"(%35, %36, %37, %38, %39, %41, %43, %44) : (f32, f32, f32, f32, f32, f32, f32, f32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f16), sym_name = "known"}> ({
    %16 = "arith.constant"() <{value = 1.000000e+00 : f32}> : () -> f32
    %17 = "arith.constant"() <{value = 3.000000e+00 : f32}> : () -> f32
    %18 = "arith.constant"() <{value = 0.000000e+00 : f32}> : () -> f32
    %19 = "arith.constant"() <{value = 0x7FC00000 : f32}> : () -> f32
    %20 = "arith.addf"(%16, %17) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %21 = "arith.subf"(%16, %17) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %22 = "arith.mulf"(%17, %17) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %23 = "arith.divf"(%16, %17) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %24 = "arith.remf"(%17, %16) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %25 = "arith.divf"(%18, %18) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %26 = "arith.negf"(%17) <{fastmath = #arith.fastmath<none>}> : (f32) -> f32
    %27 = "arith.maximumf"(%16, %19) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %28 = "arith.maxnumf"(%16, %19) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %29 = "arith.minimumf"(%16, %17) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %30 = "arith.constant"() <{value = 6.000000e+04 : f16}> : () -> f16
    %31 = "arith.addf"(%30, %30) <{fastmath = #arith.fastmath<none>}> : (f16, f16) -> f16
    "func.return"(%20, %21, %22, %23, %24, %25, %26, %27, %28, %29, %31) : (f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f16) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (f32) -> (i1, i1, i1, i1, i1), sym_name = "compare"}> ({
  ^bb0(%arg1: f32):
    %8 = "arith.constant"() <{value = 1.000000e+00 : f32}> : () -> f32
    %9 = "arith.constant"() <{value = 3.000000e+00 : f32}> : () -> f32
    %10 = "arith.constant"() <{value = 0x7FC00000 : f32}> : () -> f32
    %11 = "arith.cmpf"(%8, %9) <{fastmath = #arith.fastmath<none>, predicate = 4 : i64}> : (f32, f32) -> i1
    %12 = "arith.cmpf"(%8, %9) <{fastmath = #arith.fastmath<none>, predicate = 2 : i64}> : (f32, f32) -> i1
    %13 = "arith.cmpf"(%arg1, %10) <{fastmath = #arith.fastmath<none>, predicate = 1 : i64}> : (f32, f32) -> i1
    %14 = "arith.cmpf"(%arg1, %10) <{fastmath = #arith.fastmath<none>, predicate = 13 : i64}> : (f32, f32) -> i1
    %15 = "arith.cmpf"(%8, %8) <{fastmath = #arith.fastmath<none>, predicate = 8 : i64}> : (f32, f32) -> i1
    "func.return"(%11, %12, %13, %14, %15) : (i1, i1, i1, i1, i1) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (f32) -> (f32, f32, f32, f32, f32), sym_name = "extremes"}> ({
  ^bb0(%arg0: f32):
    %0 = "arith.constant"() <{value = 0x7F800000 : f32}> : () -> f32
    %1 = "arith.constant"() <{value = 0xFF800000 : f32}> : () -> f32
    %2 = "arith.constant"() <{value = 0x7FC00000 : f32}> : () -> f32
    %3 = "arith.maximumf"(%arg0, %arg0) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %4 = "arith.maximumf"(%arg0, %1) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %5 = "arith.minimumf"(%arg0, %0) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %6 = "arith.maxnumf"(%arg0, %2) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %7 = "arith.minnumf"(%arg0, %2) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    "func.return"(%3, %4, %5, %6, %7) : (f32, f32, f32, f32, f32) -> ()
  }) : () -> ()
}) : () -> ()
// expect:
"builtin.module"() ({
  "func.func"() <{function_type = (f32, f32) -> (f32, f32, f32, f32, f32, f32, f32, f32), sym_name = "neutral"}> ({
  ^bb0(%arg2: f32, %arg3: f32):
    %11 = "arith.constant"() <{value = 0.000000e+00 : f32}> : () -> f32
    %12 = "arith.addf"(%arg2, %11) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %13 = "arith.mulf"(%arg2, %arg3) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %14 = "arith.divf"(%arg2, %arg3) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    "func.return"(%arg2, %12, %arg2, %arg2, %arg2, %arg2, %13, %14) : (f32, f32, f32, f32, f32, f32, f32, f32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f16), sym_name = "known"}> ({
    %2 = "arith.constant"() <{value = 0x7C00 : f16}> : () -> f16
    %3 = "arith.constant"() <{value = -3.000000e+00 : f32}> : () -> f32
    %4 = "arith.constant"() <{value = 0.333333343 : f32}> : () -> f32
    %5 = "arith.constant"() <{value = 9.000000e+00 : f32}> : () -> f32
    %6 = "arith.constant"() <{value = -2.000000e+00 : f32}> : () -> f32
    %7 = "arith.constant"() <{value = 4.000000e+00 : f32}> : () -> f32
    %8 = "arith.constant"() <{value = 1.000000e+00 : f32}> : () -> f32
    %9 = "arith.constant"() <{value = 0.000000e+00 : f32}> : () -> f32
    %10 = "arith.constant"() <{value = 0x7FC00000 : f32}> : () -> f32
    "func.return"(%7, %6, %5, %4, %9, %10, %3, %10, %8, %8, %2) : (f32, f32, f32, f32, f32, f32, f32, f32, f32, f32, f16) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (f32) -> (i1, i1, i1, i1, i1), sym_name = "compare"}> ({
  ^bb0(%arg1: f32):
    %0 = "arith.constant"() <{value = false}> : () -> i1
    %1 = "arith.constant"() <{value = true}> : () -> i1
    "func.return"(%1, %0, %0, %1, %0) : (i1, i1, i1, i1, i1) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (f32) -> (f32, f32, f32, f32, f32), sym_name = "extremes"}> ({
  ^bb0(%arg0: f32):
    "func.return"(%arg0, %arg0, %arg0, %arg0, %arg0) : (f32, f32, f32, f32, f32) -> ()
  }) : () -> ()
}) : () -> ()
