package main

import "testing"

{{$methods := ""}}
func TestRoutes(t *testing.T) {
	routes := []struct{ method, path, request, response string }{
	{{- range $i, $route := .routes}}
		{{- with $route.AtDoc.Properties.description}}
		// {{.}}
		{{- end}}
		// {{$i}}: {{with $route.JoinedDoc}}{{.}}{{else}}undocumented{{end}}, {{if $route.RequestType}}asks{{else}}does not ask{{end}}
		{ {{- printf "%q, %q, %q, %q" .Method .Path .RequestTypeName .ResponseTypeName -}} }, // {{.Handler}}
		{{- $methods = print $methods .Method " "}}
	{{- end}}
	}
	{{range $key, $value := .}}{{if eq $key "serviceName" "projectPkg"}}
	t.Log({{printf "%q" $key}}, {{printf "%q" $value}})
	{{- end}}{{end}}
	t.Log(len(routes), "{{$methods}}")
	{{with index .routes 0}}t.Log("{{.Path}}", {{len .AtDoc.Properties}}){{end}}
}
