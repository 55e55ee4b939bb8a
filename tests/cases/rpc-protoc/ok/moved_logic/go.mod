module moved_logic

go 1.25.0
