package svc

import (
	"github.com/zeromicro/go-zero/core/stores/sqlx"

	{{.configImport}}
)

type ServiceContext struct {
	Config {{.config}}
	Conn sqlx.SqlConn
	{{.middleware}}
}

func NewServiceContext(c {{.config}}) *ServiceContext {
	return &ServiceContext{Config: c, Conn: sqlx.NewMysql(c.DB.DataSource),
		{{.middlewareAssignment}}}
}
