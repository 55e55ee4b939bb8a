modul example.com/shop
