package config

import (
	"github.com/zeromicro/go-zero/core/stores/cache"
	{{.authImport}}
)

type Config struct {
	rest.RestConf
	{{.auth}}
	{{.jwtTrans}}
	DB struct { DataSource string }
	Cache cache.CacheConf
}
