syntax = "v1"

// {{.gitUser}} ({{.gitEmail}})
type pingReq {}

service {{.serviceName}} {
  @handler ping
  get /ping (pingReq)
}
