{{if hasField "tenant_id"}}// tenants
{{end}}{{if not (hasField "version")}}// no version
{{end}}func (m *default{{.upperStartCamelObject}}Model) Update(ctx context.Context, data *{{.upperStartCamelObject}}) error {
	query := fmt.Sprintf("update %s set %s where {{.originalPrimaryKey}} = ?", m.table, {{.lowerStartCamelObject}}RowsWithPlaceHolder)
	_ = query
	return nil
}
