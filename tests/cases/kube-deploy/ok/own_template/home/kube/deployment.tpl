# {{.Name}} in {{.Namespace}}: {{.Image}}{{if .Secret}} with {{.Secret}}{{end}}{{if .ServiceAccount}} as {{.ServiceAccount}}{{end}}
replicas: {{.Replicas}} of {{.MinReplicas}} to {{.MaxReplicas}}, {{.Revisions}} kept
port: {{.Port}} to {{.TargetPort}}{{if .UseNodePort}}, {{.NodePort}} outside{{end}}
cpu: {{.RequestCpu}} of {{.LimitCpu}}
memory: {{.RequestMem}} of {{.LimitMem}}
{{- if .ImagePullPolicy}}
pull: {{.ImagePullPolicy}}
{{- end}}
