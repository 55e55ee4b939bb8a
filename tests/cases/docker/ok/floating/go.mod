module example.com/user/v2

go 1.25
