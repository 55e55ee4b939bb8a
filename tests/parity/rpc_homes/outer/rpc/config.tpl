package config

import "github.com/zeromicro/go-zero/zrpc"

// {{.not}} filled, and   not formatted
type Config struct {
	zrpc.RpcServerConf
	Limits [][]int `json:",optional"` // {{1}}
}
