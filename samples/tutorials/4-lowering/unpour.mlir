%0 = coffee.brew {grams = 16 : i32, grind = "fine"} : i32
%1 = coffee.pour %0 {milk = -5} : i32
coffee.serve %1 {table = 4} : i32
