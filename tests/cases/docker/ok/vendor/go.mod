module example.com/hello

go 1.22

require example.com/a v1.0.0

replace example.com/a => ../a
