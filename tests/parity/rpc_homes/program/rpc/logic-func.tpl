{{if .hasComment}}{{.comment}}{{end}}
func (l *{{.logicName}}) {{.method}} ({{if .hasReq}}in {{.request}}{{if .stream}},stream {{.streamBody}}{{end}}{{else}}stream {{.streamBody}}{{end}}) ({{if .hasReply}}{{.response}},{{end}} error) {
	{{- if and .hasReply (not .stream)}}
	return nil, err{{.logicName}} // no {{.responseType}}
	{{- else}}
	return err{{.logicName}}
	{{- end}}
}
