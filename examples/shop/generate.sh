#!/bin/sh
# Makes the shop of this folder's files: an API, a zRPC service of its users, and what runs them. Needs `ctl` in the path, and
# for the messages the two Go plugins of protobuf (`ctl env install`). `deploy` and `.dockerignore` are kept in git.
set -eu
cd "$(dirname "$0")"

# One module for all.
[ -f go.mod ] || printf 'module shop\n\ngo 1.25.0\n' >go.mod
ctl api go -api shop.api -dir api
ctl rpc protoc user.proto --go_out=user --go-grpc_out=user --zrpc_out=user

# An image for each; both are built here, where go.mod is.
ctl docker -go api/shop.go -exe shop-api -o deploy/api.Dockerfile --force
ctl docker -go user/user.go -exe shop-user -o deploy/user.Dockerfile --force

# What a cluster is told of them, and of a report that is made each night.
registry=registry.example/shop
ctl kube deploy --restricted -namespace shop -name shop-api -image $registry/api:1.0.0 -port 8888 -o deploy/api.yaml --force
ctl kube deploy --restricted -namespace shop -name shop-user -image $registry/user:1.0.0 -port 8080 -replicas 2 -o deploy/user.yaml --force
ctl kube job --restricted -namespace shop -name shop-report -image $registry/report:1.0.0 -schedule '0 3 * * *' -o deploy/report.yaml --force
