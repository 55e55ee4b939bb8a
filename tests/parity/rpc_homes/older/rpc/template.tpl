syntax = "proto3";

package {{.package}};
option go_package="./{{.package}}/pb"; // {{.unknown}}

message Ask { string q = 1; }

service {{.serviceName}} {
  // Of {{.serviceName | printf "%-12s|"}}
  rpc Answer(Ask) returns(Ask);
}
