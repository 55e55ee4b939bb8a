# 1.3.0 {{.serviceName}}
