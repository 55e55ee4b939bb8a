	server.AddRoutes(
		[]rest.Route{ {{.routes}} ,,
		},
	)
