name: {{.Name}}
labels: {{.Labels}}
