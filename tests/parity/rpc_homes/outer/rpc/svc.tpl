package svc
import {{.imports}}

type ServiceContext struct {
	Config config.Config; Started bool
}

func NewServiceContext(c config.Config) *ServiceContext {
	return &ServiceContext{
		Config:c,
	}
}
