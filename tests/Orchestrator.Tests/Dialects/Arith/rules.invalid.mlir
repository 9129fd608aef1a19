// Each part breaks one rule of arith.
"func.func"() <{function_type = (i32, i64) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32, %l: i64):
    // expected-error@+1 {{takes one type for all operands and results, found i32 and i64}}
    %0 = "arith.addi"(%a, %l) <{overflowFlags = #arith.overflow<none>}> : (i32, i64) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (f32) -> (), sym_name = "f"}> ({
  ^bb0(%x: f32):
    // expected-error@+1 {{takes signless integers or indices, found f32}}
    %0 = "arith.muli"(%x, %x) <{overflowFlags = #arith.overflow<none>}> : (f32, f32) -> f32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (si32) -> (), sym_name = "f"}> ({
  ^bb0(%s: si32):
    // expected-error@+1 {{takes signless integers or indices, found si32}}
    %0 = "arith.andi"(%s, %s) : (si32, si32) -> si32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (memref<4xi32>) -> (), sym_name = "f"}> ({
  ^bb0(%m: memref<4xi32>):
    // expected-error@+1 {{takes signless integers or indices, found memref<4xi32>}}
    %0 = "arith.maxsi"(%m, %m) : (memref<4xi32>, memref<4xi32>) -> memref<4xi32>
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{takes floating-point numbers, found i32}}
    %0 = "arith.addf"(%a, %a) <{fastmath = #arith.fastmath<none>}> : (i32, i32) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (f32) -> (), sym_name = "f"}> ({
  ^bb0(%x: f32):
    // expected-error@+1 {{takes one type for all operands and results, found f32 and f64}}
    %0 = "arith.negf"(%x) <{fastmath = #arith.fastmath<none>}> : (f32) -> f64
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32, i64) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32, %l: i64):
    // expected-error@+1 {{adds i32 and i64 to i32}}
    %0:2 = "arith.addui_extended"(%a, %l) : (i32, i64) -> (i32, i1)
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{gives i1 in the shape of i32, found i32}}
    %0:2 = "arith.addui_extended"(%a, %a) : (i32, i32) -> (i32, i32)
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{takes one type for all operands and results, found i32 and i64}}
    %0:2 = "arith.mulsi_extended"(%a, %a) : (i32, i32) -> (i32, i64)
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (f32) -> (), sym_name = "f"}> ({
  ^bb0(%x: f32):
    // expected-error@+1 {{takes signless integers or indices, found f32}}
    %0:2 = "arith.mului_extended"(%x, %x) : (f32, f32) -> (f32, f32)
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32, i64) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32, %l: i64):
    // expected-error@+1 {{compares i32 with i64}}
    %0 = "arith.cmpi"(%a, %l) <{predicate = 0 : i64}> : (i32, i64) -> i1
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (vector<4xi32>) -> (), sym_name = "f"}> ({
  ^bb0(%v: vector<4xi32>):
    // expected-error@+1 {{gives i1 in the shape of vector<4xi32>, found i1}}
    %0 = "arith.cmpi"(%v, %v) <{predicate = 0 : i64}> : (vector<4xi32>, vector<4xi32>) -> i1
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{has no predicate 10 : i64}}
    %0 = "arith.cmpi"(%a, %a) <{predicate = 10 : i64}> : (i32, i32) -> i1
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{lacks the attribute 'predicate'}}
    %0 = "arith.cmpi"(%a, %a) : (i32, i32) -> i1
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (f32) -> (), sym_name = "f"}> ({
  ^bb0(%x: f32):
    // expected-error@+1 {{has no predicate 16 : i64}}
    %0 = "arith.cmpf"(%x, %x) <{fastmath = #arith.fastmath<none>, predicate = 16 : i64}> : (f32, f32) -> i1
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{takes floating-point numbers, found i32}}
    %0 = "arith.cmpf"(%a, %a) <{fastmath = #arith.fastmath<none>, predicate = 1 : i64}> : (i32, i32) -> i1
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (f32, f64) -> (), sym_name = "f"}> ({
  ^bb0(%x: f32, %y: f64):
    // expected-error@+1 {{compares f32 with f64}}
    %0 = "arith.cmpf"(%x, %y) <{fastmath = #arith.fastmath<none>, predicate = 1 : i64}> : (f32, f64) -> i1
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i1, i32, i64) -> (), sym_name = "f"}> ({
  ^bb0(%c: i1, %a: i32, %l: i64):
    // expected-error@+1 {{chooses between i32 and i64 for i32}}
    %0 = "arith.select"(%c, %a, %l) : (i1, i32, i64) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i64, i32) -> (), sym_name = "f"}> ({
  ^bb0(%l: i64, %a: i32):
    // expected-error@+1 {{chooses i32 by i64}}
    %0 = "arith.select"(%l, %a, %a) : (i64, i32, i32) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{cannot make i32 of i32}}
    %0 = "arith.extui"(%a) : (i32) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{cannot make i16 of i32}}
    %0 = "arith.extsi"(%a) : (i32) -> i16
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{cannot make i64 of i32}}
    %0 = "arith.trunci"(%a) <{overflowFlags = #arith.overflow<none>}> : (i32) -> i64
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (vector<4xi32>) -> (), sym_name = "f"}> ({
  ^bb0(%v: vector<4xi32>):
    // expected-error@+1 {{cannot make vector<2xi64> of vector<4xi32>}}
    %0 = "arith.extsi"(%v) : (vector<4xi32>) -> vector<2xi64>
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{cannot make i64 of i32}}
    %0 = "arith.index_cast"(%a) : (i32) -> i64
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (index) -> (), sym_name = "f"}> ({
  ^bb0(%i: index):
    // expected-error@+1 {{cannot make index of index}}
    %0 = "arith.index_castui"(%i) : (index) -> index
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (f32) -> (), sym_name = "f"}> ({
  ^bb0(%x: f32):
    // expected-error@+1 {{cannot make f32 of f32}}
    %0 = "arith.extf"(%x) : (f32) -> f32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (f32) -> (), sym_name = "f"}> ({
  ^bb0(%x: f32):
    // expected-error@+1 {{cannot make f64 of f32}}
    %0 = "arith.truncf"(%x) : (f32) -> f64
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i64) -> (), sym_name = "f"}> ({
  ^bb0(%l: i64):
    // expected-error@+1 {{cannot make i32 of i64}}
    %0 = "arith.sitofp"(%l) : (i64) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (index) -> (), sym_name = "f"}> ({
  ^bb0(%i: index):
    // expected-error@+1 {{cannot make f32 of index}}
    %0 = "arith.uitofp"(%i) : (index) -> f32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (f32) -> (), sym_name = "f"}> ({
  ^bb0(%x: f32):
    // expected-error@+1 {{cannot make f64 of f32}}
    %0 = "arith.fptosi"(%x) : (f32) -> f64
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (f32) -> (), sym_name = "f"}> ({
  ^bb0(%x: f32):
    // expected-error@+1 {{cannot make index of f32}}
    %0 = "arith.fptoui"(%x) : (f32) -> index
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (f32) -> (), sym_name = "f"}> ({
  ^bb0(%x: f32):
    // expected-error@+1 {{cannot make i64 of f32}}
    %0 = "arith.bitcast"(%x) : (f32) -> i64
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (f32, f64) -> (), sym_name = "f"}> ({
  ^bb0(%x: f32, %y: f64):
    // expected-error@+1 {{cannot make f32 of f64 with scale f32}}
    %0 = "arith.scaling_extf"(%y, %x) : (f64, f32) -> f32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (f32) -> (), sym_name = "f"}> ({
  ^bb0(%x: f32):
    // expected-error@+1 {{cannot make f64 of f32 with scale f32}}
    %0 = "arith.scaling_truncf"(%x, %x) : (f32, f32) -> f64
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = () -> (), sym_name = "f"}> ({
    // expected-error@+1 {{gives 1 : i32 as i64}}
    %0 = "arith.constant"() <{value = 1 : i32}> : () -> i64
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = () -> (), sym_name = "f"}> ({
    // expected-error@+1 {{has the value "text"}}
    %0 = "arith.constant"() <{value = "text"}> : () -> i64
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = () -> (), sym_name = "f"}> ({
    // expected-error@+1 {{gives a si32}}
    %0 = "arith.constant"() <{value = 1 : si32}> : () -> si32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{#arith.overflow has no such flag}}
    %0 = "arith.addi"(%a, %a) <{overflowFlags = #arith.overflow<wrap>}> : (i32, i32) -> i32
    "func.return"() : () -> ()
}) : () -> ()

// -----

"func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
  ^bb0(%a: i32):
    // expected-error@+1 {{dialect 'arith' has no attribute 'rounding'}}
    %0 = "arith.addi"(%a, %a) <{overflowFlags = #arith.rounding<up>}> : (i32, i32) -> i32
    "func.return"() : () -> ()
}) : () -> ()
