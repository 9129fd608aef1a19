// pipeline: canonicalize
"builtin.module"() ({
  "func.func"() <{function_type = (i32) -> (i32, i32, i32, i32, i32, i32, i32), sym_name = "one"}> ({
  ^bb0(%arg2: i32):
    %23 = "arith.constant"() <{value = 1 : i32}> : () -> i32
    %24 = "arith.divui"(%arg2, %23) : (i32, i32) -> i32
    %25 = "arith.divsi"(%arg2, %23) : (i32, i32) -> i32
    %26 = "arith.ceildivui"(%arg2, %23) : (i32, i32) -> i32
    %27 = "arith.ceildivsi"(%arg2, %23) : (i32, i32) -> i32
    %28 = "arith.floordivsi"(%arg2, %23) : (i32, i32) -> i32
    %29 = "arith.remui"(%arg2, %23) : (i32, i32) -> i32
    %30 = "arith.remsi"(%arg2, %23) : (i32, i32) -> i32
    "func.return"(%24, %25, %26, %27, %28, %29, %30) : (i32, i32, i32, i32, i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (i8, i8, i8, i8, i8, i8, i8), sym_name = "known"}> ({
    %14 = "arith.constant"() <{value = -7 : i8}> : () -> i8
    %15 = "arith.constant"() <{value = 2 : i8}> : () -> i8
    %16 = "arith.divui"(%14, %15) : (i8, i8) -> i8
    %17 = "arith.divsi"(%14, %15) : (i8, i8) -> i8
    %18 = "arith.ceildivui"(%14, %15) : (i8, i8) -> i8
    %19 = "arith.ceildivsi"(%14, %15) : (i8, i8) -> i8
    %20 = "arith.floordivsi"(%14, %15) : (i8, i8) -> i8
    %21 = "arith.remui"(%14, %15) : (i8, i8) -> i8
    %22 = "arith.remsi"(%14, %15) : (i8, i8) -> i8
    "func.return"(%16, %17, %18, %19, %20, %21, %22) : (i8, i8, i8, i8, i8, i8, i8) -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (i8, i8, i8, i8), sym_name = "undefined"}> ({
    %7 = "arith.constant"() <{value = 0 : i8}> : () -> i8
    %8 = "arith.constant"() <{value = -128 : i8}> : () -> i8
    %9 = "arith.constant"() <{value = -1 : i8}> : () -> i8
    %10 = "arith.divui"(%8, %7) : (i8, i8) -> i8
    %11 = "arith.divsi"(%8, %9) : (i8, i8) -> i8
    %12 = "arith.remsi"(%8, %7) : (i8, i8) -> i8
    %13 = "arith.remsi"(%8, %9) : (i8, i8) -> i8
    "func.return"(%10, %11, %12, %13) : (i8, i8, i8, i8) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32, i32) -> (i32, i32, i32, i32), sym_name = "of_products"}> ({
  ^bb0(%arg0: i32, %arg1: i32):
    %0 = "arith.muli"(%arg0, %arg1) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %1 = "arith.muli"(%arg0, %arg1) <{overflowFlags = #arith.overflow<nsw>}> : (i32, i32) -> i32
    %2 = "arith.muli"(%arg0, %arg1) <{overflowFlags = #arith.overflow<nuw>}> : (i32, i32) -> i32
    %3 = "arith.divsi"(%0, %arg1) : (i32, i32) -> i32
    %4 = "arith.divsi"(%1, %arg1) : (i32, i32) -> i32
    %5 = "arith.divui"(%2, %arg0) : (i32, i32) -> i32
    %6 = "arith.divui"(%1, %arg0) : (i32, i32) -> i32
    "func.return"(%3, %4, %5, %6) : (i32, i32, i32, i32) -> ()
  }) : () -> ()
}) : () -> ()
// expect:
"builtin.module"() ({
  "func.func"() <{function_type = (i32) -> (i32, i32, i32, i32, i32, i32, i32), sym_name = "one"}> ({
  ^bb0(%arg2: i32):
    %16 = "arith.constant"() <{value = 0 : i32}> : () -> i32
    "func.return"(%arg2, %arg2, %arg2, %arg2, %arg2, %16, %16) : (i32, i32, i32, i32, i32, i32, i32) -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (i8, i8, i8, i8, i8, i8, i8), sym_name = "known"}> ({
    %10 = "arith.constant"() <{value = -1 : i8}> : () -> i8
    %11 = "arith.constant"() <{value = 1 : i8}> : () -> i8
    %12 = "arith.constant"() <{value = -4 : i8}> : () -> i8
    %13 = "arith.constant"() <{value = 125 : i8}> : () -> i8
    %14 = "arith.constant"() <{value = -3 : i8}> : () -> i8
    %15 = "arith.constant"() <{value = 124 : i8}> : () -> i8
    "func.return"(%15, %14, %13, %14, %12, %11, %10) : (i8, i8, i8, i8, i8, i8, i8) -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (i8, i8, i8, i8), sym_name = "undefined"}> ({
    %4 = "arith.constant"() <{value = 0 : i8}> : () -> i8
    %5 = "arith.constant"() <{value = -128 : i8}> : () -> i8
    %6 = "arith.constant"() <{value = -1 : i8}> : () -> i8
    %7 = "arith.divui"(%5, %4) : (i8, i8) -> i8
    %8 = "arith.divsi"(%5, %6) : (i8, i8) -> i8
    %9 = "arith.remsi"(%5, %4) : (i8, i8) -> i8
    "func.return"(%7, %8, %9, %4) : (i8, i8, i8, i8) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (i32, i32) -> (i32, i32, i32, i32), sym_name = "of_products"}> ({
  ^bb0(%arg0: i32, %arg1: i32):
    %0 = "arith.muli"(%arg0, %arg1) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
    %1 = "arith.muli"(%arg0, %arg1) <{overflowFlags = #arith.overflow<nsw>}> : (i32, i32) -> i32
    %2 = "arith.divsi"(%0, %arg1) : (i32, i32) -> i32
    %3 = "arith.divui"(%1, %arg0) : (i32, i32) -> i32
    "func.return"(%2, %arg0, %arg1, %3) : (i32, i32, i32, i32) -> ()
  }) : () -> ()
}) : () -> ()
