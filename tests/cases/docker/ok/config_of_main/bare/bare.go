package main

import "flag"

var configFile = flag.String("f", "bare one.json", "the config file")

func main() {
	flag.Parse()
}
