module example.com/x

go 1.25.0

replace example.com/a => /usr/src/a
