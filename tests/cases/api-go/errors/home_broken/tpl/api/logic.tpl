package {{.pkgName}}

{{ upper .logic }}
