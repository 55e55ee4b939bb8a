package svc
// {{ index .middleware 3 }} {{ .config.Name }}
