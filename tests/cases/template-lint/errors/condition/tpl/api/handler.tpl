package {{.PkgName}} {{if .HasDok}}// {{end}}
