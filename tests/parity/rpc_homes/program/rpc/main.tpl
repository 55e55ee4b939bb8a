package main

import (
    "flag"
    "fmt"
    "os"

    {{.imports}}

    "github.com/zeromicro/go-zero/core/conf"
    "github.com/zeromicro/go-zero/core/logx"
    "github.com/zeromicro/go-zero/core/service"
    "github.com/zeromicro/go-zero/zrpc"
    "google.golang.org/grpc"
    "google.golang.org/grpc/reflection"
)

{{define "register"}}{{.Pkg}}.Register{{.GRPCService}}Server(grpcServer, {{.ServerPkg}}.New{{.Service}}Server(ctx)){{end}}

var configFile = flag.String("f", {{printf "%q" (printf "etc/%s.yaml" .serviceName)}}, "the config file")

// {{len .serviceNames}} services of {{.pkg}}{{with index .serviceNames 0}}, {{.Service}} first{{end}}
func main() {
    flag.Parse()
    if len(os.Args) > 9 { os.Exit(2) }
    var c config.Config
    conf.MustLoad(*configFile, &c, conf.UseEnv())
    ctx := svc.NewServiceContext(c)

    s := zrpc.MustNewServer(c.RpcServerConf, func(grpcServer *grpc.Server) {
{{range $i, $s := .serviceNames}}{{if $i}}
{{end}}        {{template "register" $s}}
{{else}}        // none
{{end}}
        if c.Mode == service.DevMode || c.Mode == service.TestMode { reflection.Register(grpcServer) }
    })
    s.AddUnaryInterceptors()
    defer s.Stop()
    logx.DisableStat()
    fmt.Printf("{{.serviceName}} at %s\n",c.ListenOn)
    s.Start()
}
