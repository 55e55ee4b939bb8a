package main

import "flag"

var configFile = flag.String("f", "conf/prod/shop.yaml", "the config file")

func main() {
	flag.Parse()
}
