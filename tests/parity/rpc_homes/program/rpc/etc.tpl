Name: {{.serviceName}}.rpc
ListenOn: 0.0.0.0:{{len .serviceName | printf "9%03d"}}
Mode: dev
Etcd:
  Hosts:
  - etcd:2379
  Key: {{.serviceName | printf "%s.rpc"}}
