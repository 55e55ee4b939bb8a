# {{.GoFile}}: {{.GoMainFrom}} in {{.GoRelPath}}
FROM golang:{{.Version}}alpine{{if .Chinese}} AS cn{{end}}
RUN go build -o /app/{{.ExeFile}} {{.GoMainFrom}}
FROM {{.BaseImage}}
{{- if .HasTimezone}}
ENV TZ={{.Timezone}}
{{- end}}
{{- if .HasPort}}
EXPOSE {{.Port}}
{{- end}}
CMD ["./{{.ExeFile}}"{{.Argument}}]
