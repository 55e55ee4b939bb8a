package svc
{{block "body" .}}
// {{.version}} of {{.projectPkg}} and {{.team}}
{{end}}
