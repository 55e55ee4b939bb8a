package {{.pkgName}}

import (
	{{.imports}}
)

type {{.logic}} struct {
	logx.Logger
	ctx    context.Context
	svcCtx *svc.ServiceContext
}

{{if .hasDoc}}{{.doc}}{{end}}
func New{{.logic}}(ctx context.Context, svcCtx *svc.ServiceContext) *{{.logic}} {
	return &{{.logic}}{Logger: logx.WithContext(ctx), ctx: ctx, svcCtx: svcCtx}
}

{{if .hasDoc}}{{.doc}}{{end}}
// 返回 {{.responseType}}
func (l *{{.logic}}) {{.function}}({{.request}}) {{.responseType}} {
    {{.returnString}}
}
