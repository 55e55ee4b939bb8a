	server.AddRoutes({{.routes}}{{.jwt}}{{.signature}}{{.sse}}{{.prefix}}{{.timeout}}{{.maxBytes}}
	)
