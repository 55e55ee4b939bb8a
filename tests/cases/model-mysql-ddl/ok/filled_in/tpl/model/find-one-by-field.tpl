// FindOneBy{{.upperField}} is of the team's template.
func (m *default{{.upperStartCamelObject}}Model) FindOneBy{{.upperField}}(ctx context.Context, {{.in}}) (*{{.upperStartCamelObject}}, error) {
	{{.cacheKey}}
	var resp {{.upperStartCamelObject}}
	err := m.QueryRowIndexCtx(ctx, &resp, {{.cacheKeyVariable}}, m.formatPrimary, func(ctx context.Context, conn sqlx.SqlConn, v any) (any, error) {
		query := fmt.Sprintf("select %s from %s where {{.originalField}} limit 1", {{.lowerStartCamelObject}}Rows, m.table)
		return resp.{{.upperStartCamelPrimaryKey}}, conn.QueryRowCtx(ctx, &resp, query, {{.lowerStartCamelField}})
	}, m.queryPrimary)
	return &resp, err
}
