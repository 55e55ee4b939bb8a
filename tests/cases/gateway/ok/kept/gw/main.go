package main

// Mine.
func main() {}
