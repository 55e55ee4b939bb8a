kind: CronJob
name: {{.Name}}
          {{end}}containers:
