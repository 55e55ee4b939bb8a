//go:build tools

// Package tools pins the goctl that ctl is held against, and the go-zero its output is built with.
package tools

import (
	_ "github.com/zeromicro/go-zero/rest"
	_ "github.com/zeromicro/go-zero/tools/goctl"
)
