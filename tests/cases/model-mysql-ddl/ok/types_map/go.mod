module example.com/prices

go 1.25.0
