Name: {{.serviceName}}
Host: {{.host}}
Port: {{.port}}
Timeout: 3000

Log:
  ServiceName: {{.serviceName}}
  Mode: console   # volume in production
  Encoding: plain

Telemetry:
  Name: {{.serviceName}}
  Sampler: 1.0
