syntax = "v1"
