module example.com/user
