package main

import "flag"

var configFile = flag.String("f", "etc/$HOME.yaml", "the config file")

func main() {
	flag.Parse()
}
