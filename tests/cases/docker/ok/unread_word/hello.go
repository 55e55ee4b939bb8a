package main

import "flag"

var configFile = flag.String("f", "etc/hello.yaml", "the config file")

func main() {
	flag.Parse()
}
