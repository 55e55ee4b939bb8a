package main

import "flag"

var configFile = flag.String("f", "etc/shop.yaml", "the config file")

func main() {
	flag.Parse()
}
