//go:build tools

// Package plugins pins protobuf's two Go plugins for the tests.
package plugins

import (
	_ "google.golang.org/grpc/cmd/protoc-gen-go-grpc"
	_ "google.golang.org/protobuf/cmd/protoc-gen-go"
)
