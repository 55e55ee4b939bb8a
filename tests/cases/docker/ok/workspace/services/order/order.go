package main

import "flag"

var configFile = flag.String("f", "etc/order.yaml", "the config file")

func main() {
	flag.Parse()
}
