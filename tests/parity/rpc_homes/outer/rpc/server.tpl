{{.head}}

package server

import (
	{{if .notStream}}"context"{{end}}
	"time"

	{{.imports}}
)

// since when {{.server}} runs, {{.unimplementedServer | printf "%q"}}
var since{{.server}} = time.Now()

type {{.server}}Server struct {
	svcCtx *svc.ServiceContext
	{{.unimplementedServer}}
}

func New{{.server}}Server(svcCtx *svc.ServiceContext) *{{.server}}Server {
	return &{{.server}}Server{
		svcCtx: svcCtx,
	}
}

{{.funcs}}
