package main

import "flag"

var (
	configFile = flag.String("f", "internal/config/app.yaml", "the config file")
)

func main() {
	flag.Parse()
}
