package main

import (
    "flag"
    "fmt"
    "os"
    "net/http"

    {{.importPackages}}
    "github.com/zeromicro/go-zero/core/logx"
    "github.com/zeromicro/go-zero/core/proc"
    _ "{{.projectPkg}}/common/metrics"
)

var (
    configFile = flag.String("f", "etc/{{.serviceName}}.yaml", "the config file")
    showVersion = flag.Bool("v",false,"print the version")
)

// goctl {{.version}}
func main() {
    flag.Parse()
    if *showVersion { fmt.Println("{{.serviceName}}"); os.Exit(0) }

    var c config.Config
    conf.MustLoad(*configFile, &c, conf.UseEnv())

    server := rest.MustNewServer(c.RestConf, rest.WithCors("*"), rest.WithUnauthorizedCallback(func(w http.ResponseWriter, r *http.Request, err error) {
        w.WriteHeader(http.StatusUnauthorized)
        }))
    defer server.Stop()
    proc.AddShutdownListener(func() { logx.Close() })

    ctx := svc.NewServiceContext(c)
    handler.RegisterHandlers(server, ctx)

    fmt.Printf("{{.serviceName}} listens on %s:%d\n", c.Host,c.Port)
    server.Start()
}
