{{define "again"}}{{template "again" .}}{{end}}{{template "again" .}}
