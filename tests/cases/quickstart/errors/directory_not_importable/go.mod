module example.com/w

go 1.25.0
