package {{.pkgName}}
{{- /* trimmed on both sides */ -}}

import (
	{{.imports}}
)
{{if .hasDoc}}
{{end}}
func New() {
	if x := 1; {
		return )
	}
}
