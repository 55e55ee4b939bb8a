package main

func help() {}
