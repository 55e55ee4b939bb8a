module example.com/x

go 1.25.0

replace example.com/a v1.0.0 => ../a // as before
replace example.com/b => ./b
