# {{.Name}} in {{.Namespace}}: ./{{.ServiceName}}{{if .ServiceAccount}} as {{.ServiceAccount}}{{end}}
schedule: "{{.Schedule}}"
kept: {{.SuccessfulJobsHistoryLimit}}
cpu: {{.RequestCpu}} of {{.LimitCpu}}
memory: {{.RequestMem}} of {{.LimitMem}}
