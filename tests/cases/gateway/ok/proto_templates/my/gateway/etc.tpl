Name: {{ .Values.name }}
Host: 0.0.0.0
Port: {{- /* a chart fills this in */ -}}
