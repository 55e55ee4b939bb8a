Name: {{.serviceName}}
Host: {{.host}}
Port: {{.port}}
Timeout: {{.timeout}}
{{if .nothing}}Never: true{{end}}
