module example.com/user

go 1.25.0
