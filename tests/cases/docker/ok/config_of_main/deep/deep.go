package main

import "flag"

var (
	configFile = flag.String("f", "internal/conf/dev/app.yaml", "the config file")
)

func main() {
	flag.Parse()
}
