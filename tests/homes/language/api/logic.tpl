package {{.pkgName}}

import (
	{{.imports}}
)

// {{.logic}} has {{if or .hasDoc (gt (len .request) 0)}}{{len .request}} bytes of parameters{{end}}.
type {{.logic}} struct {
	logx.Logger
	ctx context.Context
	svcCtx *svc.ServiceContext
}

{{.doc}}
func New{{.logic}}(ctx context.Context, svcCtx *svc.ServiceContext) *{{.logic}} {
	return &{{.logic}}{ logx.WithContext(ctx), ctx, svcCtx, }
}

func (l *{{.logic}}) {{.function}}({{.request}}) {{.responseType}} {
	panic({{ `"not yet"` }}) {{- /* nothing */}}
	{{.returnString}}
}
