module github.com/shop/hello

go 1.25.0
