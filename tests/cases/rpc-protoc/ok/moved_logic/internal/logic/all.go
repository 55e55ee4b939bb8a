package logic

import (
	"context"

	"moved_logic/greet"
	"moved_logic/internal/svc"
)

// PingLogic is kept with the others.
type PingLogic struct{}

func NewPingLogic(ctx context.Context, svcCtx *svc.ServiceContext) *PingLogic {
	return &PingLogic{}
}

func (l *PingLogic) Ping(in *greet.Request) (*greet.Response, error) {
	return &greet.Response{Pong: in.Ping}, nil
}
