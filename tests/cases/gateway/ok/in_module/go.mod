module example.com/team

go 1.25.0
