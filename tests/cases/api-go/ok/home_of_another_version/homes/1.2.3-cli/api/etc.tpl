# 1.2.3 {{.serviceName}}
