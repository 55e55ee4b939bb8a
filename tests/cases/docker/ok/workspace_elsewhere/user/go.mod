module example.com/user

go 1.24.0
