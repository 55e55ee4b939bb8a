// Scaffolded by ctl. Safe to edit.

package svc

import (
	"greet/api/internal/config"
	"greet/rpc/greet"

	"github.com/zeromicro/go-zero/zrpc"
)

// ServiceContext holds what handlers and logic share.
type ServiceContext struct {
	Config   config.Config
	GreetRpc greet.Greet
}

// NewServiceContext builds the context from the configuration.
func NewServiceContext(c config.Config) *ServiceContext {
	return &ServiceContext{
		Config:   c,
		GreetRpc: greet.NewGreet(zrpc.MustNewClient(c.GreetRpc)),
	}
}
