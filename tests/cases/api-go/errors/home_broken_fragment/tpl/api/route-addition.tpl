{{.routes}} ) func
