package logic

import (
	"context"

	"out/internal/svc"
)

// PingLogic was written before its handler.
type PingLogic struct{}

func NewPingLogic(ctx context.Context, svcCtx *svc.ServiceContext) *PingLogic {
	return &PingLogic{}
}

func (l *PingLogic) Pong() error {
	return nil
}
