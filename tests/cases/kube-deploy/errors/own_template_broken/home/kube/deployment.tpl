name: {{.Name}}
{{end}}
