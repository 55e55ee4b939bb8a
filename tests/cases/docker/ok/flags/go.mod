module gitee.com/shop/user

go 1.25.0
