%0 = coffee.brew {grams = 16 : i32, grind = "fin"} : i32
%1 = coffee.por %0 {milk = 20} : (i32) -> i32
