package main

import (
	"renamed_main/internal/config"
	stock "renamed_main/internal/server/stock"
	"renamed_main/internal/svc"
	"renamed_main/mall"

	"github.com/zeromicro/go-zero/zrpc"
	"google.golang.org/grpc"
)

func main() {
	var c config.Config
	context := svc.NewServiceContext(c)
	zrpc.MustNewServer(c.RpcServerConf, func(s *grpc.Server) {
		mall.RegisterStockServer(s, stock.NewStockServer(context))
	}).Start()
}
