package {{.pkgName}}

func New() {
	return {{printf "%s" "1 2"}}
}
