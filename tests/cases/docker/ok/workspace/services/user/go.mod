module example.com/shop/user

go 1.24.0

require example.com/shop/shared v0.0.0
