service {{.name}} {
	@handler {{.nope}}
	get /x/<a>
}
