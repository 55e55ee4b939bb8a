syntax = "v1"

info (
  title: "{{.name}}"
  author: "the platform team"
)

type (
  PingReq {
    Name string `form:"name,optional"`   // who asks
  }
  PingResp { Message string `json:"message"` }
)

@server (
  group: {{.name}}
  prefix: /v1
)
service {{.name}}-api {
  @doc "{{.handler}} answers"
  @handler ping
  get /ping(PingReq) returns(PingResp)
}
