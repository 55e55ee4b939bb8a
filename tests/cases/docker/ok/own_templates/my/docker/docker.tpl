FROM golang:{{.Version}}alpine AS builder
{{if .Chinese}}ENV GOPROXY=https://goproxy.cn{{end}}
# {{.GoFile}} in {{.GoRelPath}}
RUN go build -o /app/{{.ExeFile}} {{.GoMainFrom}}
FROM {{.BaseImage}}
{{if .HasTimezone}}ENV TZ={{.Timezone}}{{end}}
{{if .HasPort}}EXPOSE {{.Port}}{{end}}
CMD ["./{{.ExeFile}}"{{.Argument}}]
