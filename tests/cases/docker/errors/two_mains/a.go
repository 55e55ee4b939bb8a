package main

import "flag"

var configFile = flag.String("f", "etc/a.yaml", "the config file")

func main() {
	flag.Parse()
}
