package main

import "flag"

var (
	verbose = flag.Bool("v", false, "")
	config = flag.String("config", "etc/named.yaml", "")
)

func main() {
	flag.Parse()
}
