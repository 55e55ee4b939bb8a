{{if .hasComment}}{{.comment}}{{end}}
func (m *default{{.serviceName}}) {{.method}}(ctx context.Context{{if .hasReq}}, in *{{.pbRequest}}{{end}}, opts ...grpc.CallOption) ({{if .notStream}}*{{.pbResponse}}, {{else}}{{.streamBody}},{{end}} error) {
	// {{.rpcServiceName}} of {{.package}}{{if .isCallPkgSameToGrpcPkg}}, here{{end}}
	return {{if .isCallPkgSameToGrpcPkg}}{{else}}{{.package}}.{{end}}New{{.rpcServiceName}}Client(m.cli.Conn()).{{.method}}(ctx, {{if .hasReq}}in,{{end}} opts...)
}
