// pipeline: canonicalize
"builtin.module"() ({
  "func.func"() <{function_type = (i8, i32, index) -> (i32, i32, i32, i8, i16, i16, i8, i8, i16, index, index, i8, i32), sym_name = "integers"}> ({
  ^bb0(%arg3: i8, %arg4: i32, %arg5: index):
    %26 = "arith.extui"(%arg3) : (i8) -> i16
    %27 = "arith.extsi"(%arg3) : (i8) -> i16
    %28 = "arith.extui"(%26) : (i16) -> i32
    %29 = "arith.extsi"(%27) : (i16) -> i32
    %30 = "arith.extsi"(%26) : (i16) -> i32
    %31 = "arith.trunci"(%29) <{overflowFlags = #arith.overflow<none>}> : (i32) -> i8
    %32 = "arith.trunci"(%29) <{overflowFlags = #arith.overflow<none>}> : (i32) -> i16
    %33 = "arith.trunci"(%28) <{overflowFlags = #arith.overflow<none>}> : (i32) -> i16
    %34 = "arith.trunci"(%arg4) <{overflowFlags = #arith.overflow<nsw>}> : (i32) -> i16
    %35 = "arith.trunci"(%34) <{overflowFlags = #arith.overflow<nsw, nuw>}> : (i16) -> i8
    %36 = "arith.constant"() <{value = 24 : i32}> : () -> i32
    %37 = "arith.shrsi"(%arg4, %36) : (i32, i32) -> i32
    %38 = "arith.trunci"(%37) <{overflowFlags = #arith.overflow<none>}> : (i32) -> i8
    %39 = "arith.shrsi"(%arg3, %arg3) : (i8, i8) -> i8
    %40 = "arith.extsi"(%39) : (i8) -> i16
    %41 = "arith.index_cast"(%29) : (i32) -> index
    %42 = "arith.index_castui"(%28) : (i32) -> index
    %43 = "arith.index_cast"(%arg3) : (i8) -> index
    %44 = "arith.index_cast"(%43) : (index) -> i8
    %45 = "arith.index_cast"(%arg5) : (index) -> i32
    "func.return"(%28, %29, %30, %31, %32, %33, %35, %38, %40, %41, %42, %44, %45) : (i32, i32, i32, i8, i16, i16, i8, i8, i16, index, index, i8, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (i32, i32, i8, index, f32, f32, f64, i8, i8, i32, f32, f16, f64), sym_name = "known"}> ({
    %9 = "arith.constant"() <{value = -2 : i8}> : () -> i8
    %10 = "arith.constant"() <{value = 300 : i32}> : () -> i32
    %11 = "arith.extui"(%9) : (i8) -> i32
    %12 = "arith.extsi"(%9) : (i8) -> i32
    %13 = "arith.trunci"(%10) <{overflowFlags = #arith.overflow<none>}> : (i32) -> i8
    %14 = "arith.index_cast"(%9) : (i8) -> index
    %15 = "arith.sitofp"(%9) : (i8) -> f32
    %16 = "arith.uitofp"(%9) : (i8) -> f32
    %17 = "arith.sitofp"(%10) : (i32) -> f64
    %18 = "arith.constant"() <{value = -3.750000e+00 : f32}> : () -> f32
    %19 = "arith.constant"() <{value = 1.000000e+10 : f32}> : () -> f32
    %20 = "arith.fptosi"(%18) : (f32) -> i8
    %21 = "arith.fptoui"(%19) : (f32) -> i8
    %22 = "arith.bitcast"(%18) : (f32) -> i32
    %23 = "arith.bitcast"(%10) : (i32) -> f32
    %24 = "arith.truncf"(%18) : (f32) -> f16
    %25 = "arith.extf"(%18) : (f32) -> f64
    "func.return"(%11, %12, %13, %14, %15, %16, %17, %20, %21, %22, %23, %24, %25) : (i32, i32, i8, index, f32, f32, f64, i8, i8, i32, f32, f16, f64) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (f32, f16, i8) -> (f16, f32, f32, i32, f16), sym_name = "floats"}> ({
  ^bb0(%arg0: f32, %arg1: f16, %arg2: i8):
    %0 = "arith.extf"(%arg1) : (f16) -> f32
    %1 = "arith.truncf"(%0) : (f32) -> f16
    %2 = "arith.truncf"(%arg0) <{fastmath = #arith.fastmath<contract>}> : (f32) -> f16
    %3 = "arith.extf"(%2) <{fastmath = #arith.fastmath<contract>}> : (f16) -> f32
    %4 = "arith.bitcast"(%arg0) : (f32) -> i32
    %5 = "arith.bitcast"(%4) : (i32) -> f32
    %6 = "arith.bitcast"(%5) : (f32) -> i32
    %7 = "arith.sitofp"(%arg2) : (i8) -> f32
    %8 = "arith.truncf"(%7) : (f32) -> f16
    "func.return"(%1, %3, %5, %6, %8) : (f16, f32, f32, i32, f16) -> ()
  }) : () -> ()
}) : () -> ()
// expect:
"builtin.module"() ({
  "func.func"() <{function_type = (i8, i32, index) -> (i32, i32, i32, i8, i16, i16, i8, i8, i16, index, index, i8, i32), sym_name = "integers"}> ({
  ^bb0(%arg3: i8, %arg4: i32, %arg5: index):
    %16 = "arith.constant"() <{value = 24 : i32}> : () -> i32
    %17 = "arith.extui"(%arg3) : (i8) -> i32
    %18 = "arith.extsi"(%arg3) : (i8) -> i32
    %19 = "arith.extui"(%arg3) : (i8) -> i32
    %20 = "arith.extsi"(%arg3) : (i8) -> i16
    %21 = "arith.extui"(%arg3) : (i8) -> i16
    %22 = "arith.trunci"(%arg4) <{overflowFlags = #arith.overflow<nsw>}> : (i32) -> i8
    %23 = "arith.shrui"(%arg4, %16) : (i32, i32) -> i32
    %24 = "arith.trunci"(%23) <{overflowFlags = #arith.overflow<none>}> : (i32) -> i8
    %25 = "arith.shrsi"(%arg3, %arg3) : (i8, i8) -> i8
    %26 = "arith.extsi"(%25) : (i8) -> i16
    %27 = "arith.index_cast"(%arg3) : (i8) -> index
    %28 = "arith.index_castui"(%arg3) : (i8) -> index
    %29 = "arith.index_cast"(%arg5) : (index) -> i32
    "func.return"(%17, %18, %19, %arg3, %20, %21, %22, %24, %26, %27, %28, %arg3, %29) : (i32, i32, i32, i8, i16, i16, i8, i8, i16, index, index, i8, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (i32, i32, i8, index, f32, f32, f64, i8, i8, i32, f32, f16, f64), sym_name = "known"}> ({
    %2 = "arith.constant"() <{value = -3.750000e+00 : f64}> : () -> f64
    %3 = "arith.constant"() <{value = -3.750000e+00 : f16}> : () -> f16
    %4 = "arith.constant"() <{value = 4.203900e-43 : f32}> : () -> f32
    %5 = "arith.constant"() <{value = -1066401792 : i32}> : () -> i32
    %6 = "arith.constant"() <{value = -3 : i8}> : () -> i8
    %7 = "arith.constant"() <{value = 3.000000e+02 : f64}> : () -> f64
    %8 = "arith.constant"() <{value = 2.540000e+02 : f32}> : () -> f32
    %9 = "arith.constant"() <{value = -2.000000e+00 : f32}> : () -> f32
    %10 = "arith.constant"() <{value = -2 : index}> : () -> index
    %11 = "arith.constant"() <{value = 44 : i8}> : () -> i8
    %12 = "arith.constant"() <{value = -2 : i32}> : () -> i32
    %13 = "arith.constant"() <{value = 254 : i32}> : () -> i32
    %14 = "arith.constant"() <{value = 1.000000e+10 : f32}> : () -> f32
    %15 = "arith.fptoui"(%14) : (f32) -> i8
    "func.return"(%13, %12, %11, %10, %9, %8, %7, %6, %15, %5, %4, %3, %2) : (i32, i32, i8, index, f32, f32, f64, i8, i8, i32, f32, f16, f64) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (f32, f16, i8) -> (f16, f32, f32, i32, f16), sym_name = "floats"}> ({
  ^bb0(%arg0: f32, %arg1: f16, %arg2: i8):
    %0 = "arith.bitcast"(%arg0) : (f32) -> i32
    %1 = "arith.sitofp"(%arg2) : (i8) -> f16
    "func.return"(%arg1, %arg0, %arg0, %0, %1) : (f16, f32, f32, i32, f16) -> ()
  }) : () -> ()
}) : () -> ()
