// by goctl {{.version}}
package {{.pkgName}}

import (
	{{.imports}}
)

type {{.logic}} struct { logx.Logger }

{{if .hasDoc}}{{.doc}}{{end}}
func New{{.logic}}(ctx context.Context, _ *svc.ServiceContext) *{{.logic}} {
	return &{{.logic}}{Logger: logx.WithContext(ctx)}
}

func (l *{{.logic}}) {{.function}}({{.request}}) {{.responseType}} { {{.returnString}} }
