%0 = coffee.brew {grams = 16 : i32, grind = "fin"} : i32
// -----
%0 = coffee.bew {grams = 16 : i32, grind = "fine"} : i32
