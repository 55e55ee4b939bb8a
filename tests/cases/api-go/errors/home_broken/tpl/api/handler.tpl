package {{.PkgName}}
{{if .HasDoc}}
	{{.Doc}}
