module example.com/user

go 1.24.0

require example.com/shared v0.0.0

replace (
	example.com/shared => ../../shared
	example.com/x v1.0.0 => example.com/y v1.0.0
)
