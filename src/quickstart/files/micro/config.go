// Scaffolded by ctl. Safe to edit.

package config

import (
	"github.com/zeromicro/go-zero/rest"
	"github.com/zeromicro/go-zero/zrpc"
)

// Config is what the configuration file holds.
type Config struct {
	rest.RestConf

	// GreetRpc says where the service below rpc listens.
	GreetRpc zrpc.RpcClientConf
}
