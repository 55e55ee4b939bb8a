{{range 100000000}}{{end}}
