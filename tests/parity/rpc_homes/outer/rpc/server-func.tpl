{{- $receiver := printf "(s *%sServer)" .server -}}
{{if .hasComment}}{{.comment}}
{{end}}func {{$receiver}} {{.method}}({{if .notStream}}ctx context.Context, in {{.request}}{{else if .hasReq}}in {{.request}}, stream {{.streamBody}}{{else}}stream {{.streamBody}}{{end}}) {{if .notStream}}({{.response}}, error){{else}}error{{end}} {
{{if .stream}}	ctx := stream.Context()
{{end}}	l := {{.logicPkg}}.New{{.logicName}}(ctx, s.svcCtx)
	return l.{{.method}}({{if .hasReq}}in{{if .stream}}, stream{{end}}{{else if .stream}}stream{{end}})
}
