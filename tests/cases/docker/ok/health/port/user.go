package main

import "flag"

var configFile = flag.String("f", "etc/user.yaml", "the config file")

func main() {
	flag.Parse()
}
