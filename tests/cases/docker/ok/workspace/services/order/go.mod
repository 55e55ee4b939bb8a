module example.com/shop/order

go 1.24.0
