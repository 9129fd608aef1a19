// Every operation of arith.
"builtin.module"() ({
  "func.func"() <{function_type = (i32, i32, index, vector<4xi32>, tensor<2x?xi64>, i1, vector<4xi1>) -> (), sym_name = "integers"}> ({
  ^bb0(%arg6: i32, %arg7: i32, %arg8: index, %arg9: vector<4xi32>, %arg10: tensor<2x?xi64>, %arg11: i1, %arg12: vector<4xi1>):
    %23 = "arith.constant"() <{value = 42 : i32}> : () -> i32
    %24 = "arith.constant"() <{value = true}> : () -> i1
    %25 = "arith.constant"() <{value = dense<[1, 2, 3, 4]> : vector<4xi32>}> : () -> vector<4xi32>
    %26 = "arith.addi"(%arg6, %arg7) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %27 = "arith.addi"(%arg6, %arg7) <{overflowFlags = #arith.overflow<nsw, nuw>}> : (i32, i32) -> i32
    %28 = "arith.subi"(%arg8, %arg8) <{overflowFlags = #arith.overflow<none>}> : (index, index) -> index
    %29 = "arith.muli"(%arg9, %arg9) <{overflowFlags = #arith.overflow<nuw>}> : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %30 = "arith.divui"(%arg6, %arg7) : (i32, i32) -> i32
    %31 = "arith.divsi"(%arg6, %arg7) <{isExact}> : (i32, i32) -> i32
    %32 = "arith.ceildivui"(%arg6, %arg7) : (i32, i32) -> i32
    %33 = "arith.ceildivsi"(%arg6, %arg7) : (i32, i32) -> i32
    %34 = "arith.floordivsi"(%arg6, %arg7) : (i32, i32) -> i32
    %35 = "arith.remui"(%arg10, %arg10) : (tensor<2x?xi64>, tensor<2x?xi64>) -> tensor<2x?xi64>
    %36 = "arith.remsi"(%arg6, %arg7) : (i32, i32) -> i32
    %37 = "arith.andi"(%arg6, %arg7) : (i32, i32) -> i32
    %38 = "arith.ori"(%arg6, %arg7) : (i32, i32) -> i32
    %39 = "arith.xori"(%arg6, %arg7) : (i32, i32) -> i32
    %40 = "arith.shli"(%arg6, %arg7) <{overflowFlags = #arith.overflow<nsw>}> : (i32, i32) -> i32
    %41 = "arith.shrui"(%arg6, %arg7) <{isExact}> : (i32, i32) -> i32
    %42 = "arith.shrsi"(%arg6, %arg7) : (i32, i32) -> i32
    %43 = "arith.maxsi"(%arg6, %arg7) : (i32, i32) -> i32
    %44 = "arith.maxui"(%arg6, %arg7) : (i32, i32) -> i32
    %45 = "arith.minsi"(%arg6, %arg7) : (i32, i32) -> i32
    %46 = "arith.minui"(%arg6, %arg7) : (i32, i32) -> i32
    %47:2 = "arith.addui_extended"(%arg9, %arg9) : (vector<4xi32>, vector<4xi32>) -> (vector<4xi32>, vector<4xi1>)
    %48:2 = "arith.mulsi_extended"(%arg6, %arg7) : (i32, i32) -> (i32, i32)
    %49:2 = "arith.mului_extended"(%arg6, %arg7) : (i32, i32) -> (i32, i32)
    %50 = "arith.cmpi"(%arg9, %arg9) <{predicate = 6 : i64}> : (vector<4xi32>, vector<4xi32>) -> vector<4xi1>
    %51 = "arith.select"(%arg11, %arg9, %arg9) : (i1, vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %52 = "arith.select"(%arg12, %arg9, %arg9) : (vector<4xi1>, vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %53 = "arith.extui"(%arg6) : (i32) -> i64
    %54 = "arith.extsi"(%arg9) : (vector<4xi32>) -> vector<4xi64>
    %55 = "arith.trunci"(%arg6) <{overflowFlags = #arith.overflow<none>}> : (i32) -> i8
    %56 = "arith.trunci"(%arg6) <{overflowFlags = #arith.overflow<nsw>}> : (i32) -> i8
    %57 = "arith.index_cast"(%arg6) : (i32) -> index
    %58 = "arith.index_castui"(%arg8) : (index) -> i64
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (f32, f32, i32, vector<2xf16>, f8E8M0FNU, f8E5M2) -> (), sym_name = "floats"}> ({
  ^bb0(%arg0: f32, %arg1: f32, %arg2: i32, %arg3: vector<2xf16>, %arg4: f8E8M0FNU, %arg5: f8E5M2):
    %0 = "arith.constant"() <{value = 1.500000e+00 : f32}> : () -> f32
    %1 = "arith.addf"(%arg0, %arg1) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %2 = "arith.subf"(%arg0, %arg1) <{fastmath = #arith.fastmath<fast>}> : (f32, f32) -> f32
    %3 = "arith.mulf"(%arg3, %arg3) <{fastmath = #arith.fastmath<nnan,contract>}> : (vector<2xf16>, vector<2xf16>) -> vector<2xf16>
    %4 = "arith.divf"(%arg0, %arg1) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %5 = "arith.remf"(%arg0, %arg1) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %6 = "arith.negf"(%arg0) <{fastmath = #arith.fastmath<none>}> : (f32) -> f32
    %7 = "arith.maximumf"(%arg0, %arg1) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %8 = "arith.minimumf"(%arg0, %arg1) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %9 = "arith.maxnumf"(%arg0, %arg1) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f32
    %10 = "arith.minnumf"(%arg0, %arg1) <{fastmath = #arith.fastmath<reassoc,ninf,nsz,arcp,afn>}> : (f32, f32) -> f32
    %11 = "arith.cmpf"(%arg0, %arg1) <{fastmath = #arith.fastmath<none>, predicate = 1 : i64}> : (f32, f32) -> i1
    %12 = "arith.cmpf"(%arg3, %arg3) <{fastmath = #arith.fastmath<nnan>, predicate = 13 : i64}> : (vector<2xf16>, vector<2xf16>) -> vector<2xi1>
    %13 = "arith.extf"(%arg0) : (f32) -> f64
    %14 = "arith.truncf"(%arg0) : (f32) -> bf16
    %15 = "arith.truncf"(%arg0) <{roundingmode = 3 : i32}> : (f32) -> f16
    %16 = "arith.sitofp"(%arg2) : (i32) -> f32
    %17 = "arith.uitofp"(%arg2) : (i32) -> f64
    %18 = "arith.fptosi"(%arg0) : (f32) -> i32
    %19 = "arith.fptoui"(%arg0) : (f32) -> i8
    %20 = "arith.bitcast"(%arg0) : (f32) -> i32
    %21 = "arith.scaling_extf"(%arg5, %arg4) : (f8E5M2, f8E8M0FNU) -> f32
    %22 = "arith.scaling_truncf"(%arg0, %arg4) : (f32, f8E8M0FNU) -> f8E5M2
    "func.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
