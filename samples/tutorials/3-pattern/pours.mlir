%0 = coffee.brew {grams = 8 : i32, grind = "coarse"} : i32
%1 = coffee.pour %0 {milk = 20} : i32
%2 = coffee.pour %1 {milk = 0} : i32
%3 = coffee.pour %2 {milk = 5} : i32
%4 = coffee.pour %0 {milk = 99} : i32
coffee.serve %3 {table = 1} : i32
