package main

import "flag"

var configFile = flag.String("f", "etc/other.yaml", "the config file")

func main() {
	flag.Parse()
}
