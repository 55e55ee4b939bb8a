{{if hasField "tenant_id"}}
// Tenants parts the rows by {{.data.Name.ToCamel}}'s tenants; keys are {{(.data.PrimaryCacheKey.FieldNameJoin.Camel.With "And").Source}}.
func (m *default{{.upperStartCamelObject}}Model) Tenants() []string {
	return []string{ {{range $i, $f := .data.Fields}}{{if $i}}, {{end}}"{{$f.Name.Source}}"{{end}} }
}
{{end}}
