service {{.name}} {
	@handler {{.handler}}
	get /hello
}
