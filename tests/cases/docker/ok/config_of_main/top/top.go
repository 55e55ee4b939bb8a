package main

import "flag"

var configFile = flag.String("f", "deploy/top.yaml", "the config file")

func main() {
	flag.Parse()
}
