package {{.packageName}}
{{- /* our own errors */ -}}
{{"\n"}}
import (
	"context"
	"errors"

	{{.imports}}

	"github.com/zeromicro/go-zero/core/logx"
)

var err{{.logicName}} = errors.New({{printf "%q" .logicName}})

type {{.logicName}} struct {
	logx.Logger
	ctx context.Context
	svcCtx *svc.ServiceContext
}

func New{{.logicName}}(ctx context.Context,svcCtx *svc.ServiceContext) *{{.logicName}} {
	return &{{.logicName}}{ctx:ctx,svcCtx: svcCtx, Logger: logx.WithContext(ctx),}
}
{{.functions}}
