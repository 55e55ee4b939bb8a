module example.com/user

go 1.25.0

replace example.com/lib => "../the lib"
