package handler

func RegisterHandlers(server *rest.Server, serverCtx *svc.ServiceContext {
	{{.routesAdditions}}
}
