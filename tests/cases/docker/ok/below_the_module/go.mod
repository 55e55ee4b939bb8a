module looklook

go 1.16

require github.com/zeromicro/go-zero v1.2.4
