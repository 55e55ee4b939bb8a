{{- /* every part of the language that people use */ -}}
{{define "parse" -}}
var req types.{{.RequestType}}
if err := httpx.Parse(r, &req); err != nil {
	{{template "fail" "err"}}
	return
}
{{- end}}
{{define "fail"}}httpx.ErrorCtx(r.Context(), w, {{.}}){{end -}}
package {{ .PkgName }}

import (
	"net/http"

	"github.com/zeromicro/go-zero/rest/httpx"
	{{ .ImportPackages }}
)

{{with .Doc -}}
{{.}}
{{- end}}
func {{.HandlerName}}(svcCtx *svc.ServiceContext) http.HandlerFunc {
	{{- $name := printf "%s.%s" .LogicName .LogicType}}
	const name, size = {{printf "%q, %d" $name (len $name)}}
	return func(w http.ResponseWriter, r *http.Request) {
		{{if .HasRequest}}{{template "parse" .}}{{end}}
		{{- if and .HasResp .HasRequest (ne .ResponseType "any")}}
		// {{.RequestType | printf "%-12s|"}} {{printf "%v %t %5.2f %x" .HasDoc .HasResp 1.5 255}}
		{{- else if not .HasResp}}
		// no response
		{{- end}}
		l := {{.LogicName}}.New{{.LogicType}}(r.Context(), svcCtx)
		{{if .HasResp}}resp, {{end}}err := l.{{.Call}}({{if .HasRequest}}&req{{end}})
		if err != nil {
			{{template "fail" "err"}}
			return
		}
		{{if .HasResp -}}
		httpx.OkJsonCtx(r.Context(), w, resp)
		{{- else -}}
		httpx.Ok(w)
		{{- end}}
	}
}
