// {{.data.Name.ToCamel}} {{.data.Name.ToSnake}} {{.data.Name.Upper}} {{.data.Name.Lower}} {{.data.Name.Title}} {{.data.Name.Untitle}} {{.data.Name.Source}} {{.data.Name.IsEmptyOrSpace}}
// {{.data.Name.ReplaceAll "_" "-"}} {{len .data.Fields}} {{.data.PrimaryKey.Name.ToCamel}} {{.data.PrimaryKey.DataType}} {{.data.PrimaryKey.AutoIncrement}}
// {{.data.PrimaryCacheKey.VarLeft}} {{.data.PrimaryCacheKey.VarRight}} {{.data.PrimaryCacheKey.VarExpression}} {{.data.PrimaryCacheKey.KeyLeft}}
// {{.data.PrimaryCacheKey.KeyRight}} {{.data.PrimaryCacheKey.DataKeyRight}} {{.data.PrimaryCacheKey.KeyExpression}} {{.data.PrimaryCacheKey.DataKeyExpression}}
// {{(.data.PrimaryCacheKey.FieldNameJoin.Camel.With "+").Source}} {{(.data.PrimaryCacheKey.FieldNameJoin.With ":").ToCamel}} {{.data.ContainsPQ}} {{.data.ContainsUniqueCacheKey}}
{{range .data.Fields}}// {{.NameOriginal}} {{.Name.ToCamel}} {{.DataType}} {{.Comment}} [{{.ThirdPkg}}] {{.SeqInIndex}}{{.OrdinalPosition}} {{.ContainsPQ}}
{{end}}{{range $name, $fields := .data.UniqueIndex}}// {{$name}}:{{range $fields}} {{.Name.Source}}{{end}}
{{end}}{{range .data.UniqueCacheKey}}// {{.KeyLeft}} {{(.FieldNameJoin.Untitle.With "_").Upper}} {{with .FieldNameJoin}}{{(.With "/").Source}}{{end}} {{range .FieldNameJoin}}{{.}};{{end}} {{range .Fields}}{{.NameOriginal}},{{end}}
{{end}}{{range .fields}}// {{.NameOriginal}} {{.UpperName}} {{.LowerName}} {{.DataType}} {{.Comment}}
{{end}}// {{.expression}} {{.expressionValues}} {{.primaryKeyDataType}} {{.primaryKeyVariable}} {{.upperStartCamelPrimaryKey}} {{.originalPrimaryKey}}
// {{.data.Name}} {{.data.Db}} {{.data.PrimaryKey.Name}} {{printf "%s|%v|%q|%8v|%-8s|%d|%x" .data.Name .data.Name .data.Name .data.Name .data.Name .data.Name .data.Name}}
// {{print .data.Name .data.Name "a" .data.Name 1}} {{println .data.Name}}{{range .data.Fields}}// {{.Name}} {{.Name | printf "%v"}}
{{end}}{{if .data.ContainsUniqueCacheKey}}// unique
{{end}}
