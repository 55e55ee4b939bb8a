package main

import "flag"

var configFile = flag.String("f", "bare", "the config file")

func main() {
	flag.Parse()
}
