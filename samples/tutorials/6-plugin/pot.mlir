%0 = tea.steep {minutes = 3} : i32
"table.put"(%0) : (i32) -> ()
