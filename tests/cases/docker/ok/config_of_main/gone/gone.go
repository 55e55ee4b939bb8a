package main

import "flag"

var configFile = flag.String("f", "/etc/gone.yaml", "the config file")

func main() {
	flag.Parse()
}
