// pipeline: canonicalize
"builtin.module"() ({
  "func.func"() <{function_type = (vector<4xi32>, tensor<2x2xi64>, tensor<?xi32>) -> (vector<4xi32>, vector<4xi32>, tensor<2x2xi64>, vector<4xi1>, vector<4xi64>, tensor<2x2xi64>, tensor<?xi32>), sym_name = "integers"}> ({
  ^bb0(%arg1: vector<4xi32>, %arg2: tensor<2x2xi64>, %arg3: tensor<?xi32>):
    %8 = "arith.constant"() <{value = dense<0> : vector<4xi32>}> : () -> vector<4xi32>
    %9 = "arith.constant"() <{value = dense<3> : vector<4xi32>}> : () -> vector<4xi32>
    %10 = "arith.constant"() <{value = dense<-5> : vector<4xi32>}> : () -> vector<4xi32>
    %11 = "arith.constant"() <{value = dense<2> : tensor<2x2xi64>}> : () -> tensor<2x2xi64>
    %12 = "arith.addi"(%arg1, %8) <{overflowFlags = #arith.overflow<none>}> : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %13 = "arith.muli"(%9, %10) <{overflowFlags = #arith.overflow<none>}> : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %14 = "arith.addi"(%arg2, %11) <{overflowFlags = #arith.overflow<none>}> : (tensor<2x2xi64>, tensor<2x2xi64>) -> tensor<2x2xi64>
    %15 = "arith.addi"(%14, %11) <{overflowFlags = #arith.overflow<none>}> : (tensor<2x2xi64>, tensor<2x2xi64>) -> tensor<2x2xi64>
    %16 = "arith.cmpi"(%10, %9) <{predicate = 2 : i64}> : (vector<4xi32>, vector<4xi32>) -> vector<4xi1>
    %17 = "arith.extsi"(%10) : (vector<4xi32>) -> vector<4xi64>
    %18 = "arith.subi"(%arg2, %arg2) <{overflowFlags = #arith.overflow<none>}> : (tensor<2x2xi64>, tensor<2x2xi64>) -> tensor<2x2xi64>
    %19 = "arith.subi"(%arg3, %arg3) <{overflowFlags = #arith.overflow<none>}> : (tensor<?xi32>, tensor<?xi32>) -> tensor<?xi32>
    "func.return"(%12, %13, %15, %16, %17, %18, %19) : (vector<4xi32>, vector<4xi32>, tensor<2x2xi64>, vector<4xi1>, vector<4xi64>, tensor<2x2xi64>, tensor<?xi32>) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (vector<2xf32>) -> (vector<2xf32>, vector<2xf32>, vector<2xf16>, vector<2xi1>, vector<2xf32>), sym_name = "floats"}> ({
  ^bb0(%arg0: vector<2xf32>):
    %0 = "arith.constant"() <{value = dense<1.000000e+00> : vector<2xf32>}> : () -> vector<2xf32>
    %1 = "arith.constant"() <{value = dense<3.000000e+00> : vector<2xf32>}> : () -> vector<2xf32>
    %2 = "arith.constant"() <{value = dense<7> : vector<2xi32>}> : () -> vector<2xi32>
    %3 = "arith.mulf"(%arg0, %0) <{fastmath = #arith.fastmath<none>}> : (vector<2xf32>, vector<2xf32>) -> vector<2xf32>
    %4 = "arith.divf"(%0, %1) <{fastmath = #arith.fastmath<none>}> : (vector<2xf32>, vector<2xf32>) -> vector<2xf32>
    %5 = "arith.truncf"(%1) : (vector<2xf32>) -> vector<2xf16>
    %6 = "arith.cmpf"(%0, %1) <{fastmath = #arith.fastmath<none>, predicate = 4 : i64}> : (vector<2xf32>, vector<2xf32>) -> vector<2xi1>
    %7 = "arith.sitofp"(%2) : (vector<2xi32>) -> vector<2xf32>
    "func.return"(%3, %4, %5, %6, %7) : (vector<2xf32>, vector<2xf32>, vector<2xf16>, vector<2xi1>, vector<2xf32>) -> ()
  }) : () -> ()
}) : () -> ()
// expect:
"builtin.module"() ({
  "func.func"() <{function_type = (vector<4xi32>, tensor<2x2xi64>, tensor<?xi32>) -> (vector<4xi32>, vector<4xi32>, tensor<2x2xi64>, vector<4xi1>, vector<4xi64>, tensor<2x2xi64>, tensor<?xi32>), sym_name = "integers"}> ({
  ^bb0(%arg1: vector<4xi32>, %arg2: tensor<2x2xi64>, %arg3: tensor<?xi32>):
    %4 = "arith.constant"() <{value = dense<0> : tensor<2x2xi64>}> : () -> tensor<2x2xi64>
    %5 = "arith.constant"() <{value = dense<-5> : vector<4xi64>}> : () -> vector<4xi64>
    %6 = "arith.constant"() <{value = dense<true> : vector<4xi1>}> : () -> vector<4xi1>
    %7 = "arith.constant"() <{value = dense<-15> : vector<4xi32>}> : () -> vector<4xi32>
    %8 = "arith.constant"() <{value = dense<4> : tensor<2x2xi64>}> : () -> tensor<2x2xi64>
    %9 = "arith.addi"(%arg2, %8) <{overflowFlags = #arith.overflow<none>}> : (tensor<2x2xi64>, tensor<2x2xi64>) -> tensor<2x2xi64>
    %10 = "arith.subi"(%arg3, %arg3) <{overflowFlags = #arith.overflow<none>}> : (tensor<?xi32>, tensor<?xi32>) -> tensor<?xi32>
    "func.return"(%arg1, %7, %9, %6, %5, %4, %10) : (vector<4xi32>, vector<4xi32>, tensor<2x2xi64>, vector<4xi1>, vector<4xi64>, tensor<2x2xi64>, tensor<?xi32>) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (vector<2xf32>) -> (vector<2xf32>, vector<2xf32>, vector<2xf16>, vector<2xi1>, vector<2xf32>), sym_name = "floats"}> ({
  ^bb0(%arg0: vector<2xf32>):
    %0 = "arith.constant"() <{value = dense<7.000000e+00> : vector<2xf32>}> : () -> vector<2xf32>
    %1 = "arith.constant"() <{value = dense<true> : vector<2xi1>}> : () -> vector<2xi1>
    %2 = "arith.constant"() <{value = dense<3.000000e+00> : vector<2xf16>}> : () -> vector<2xf16>
    %3 = "arith.constant"() <{value = dense<0.333333343> : vector<2xf32>}> : () -> vector<2xf32>
    "func.return"(%arg0, %3, %2, %1, %0) : (vector<2xf32>, vector<2xf32>, vector<2xf16>, vector<2xi1>, vector<2xf32>) -> ()
  }) : () -> ()
}) : () -> ()
