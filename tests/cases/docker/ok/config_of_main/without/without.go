package main

import "flag"

var (
	verbose = flag.Bool("v", false, "")
)

func main() {
	flag.Parse()
}
