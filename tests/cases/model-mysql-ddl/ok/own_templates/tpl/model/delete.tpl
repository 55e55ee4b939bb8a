// Delete is the team's own.
func (m *default{{.upperStartCamelObject}}Model) Delete(ctx context.Context, {{.lowerStartCamelPrimaryKey}} {{.dataType}}) error {
	{{if .withCache}}{{if .containsIndexCache}}data, err := m.FindOne(ctx, {{.lowerStartCamelPrimaryKey}})
	if err != nil {
		return err
	}
	{{end}}{{.keys}}
	_, err = m.ExecCtx(ctx, func(ctx context.Context, conn sqlx.SqlConn) (sql.Result, error) {
		return conn.ExecCtx(ctx, fmt.Sprintf("delete from %s where {{.originalPrimaryKey}} = ?", m.table), {{.lowerStartCamelPrimaryKey}})
	}, {{.keyValues}})
	return err{{end}}
}
