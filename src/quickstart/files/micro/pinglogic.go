// Scaffolded by ctl. Safe to edit.

package logic

import (
	"context"

	"greet/api/internal/svc"
	"greet/api/internal/types"
	"greet/rpc/greet"

	"github.com/zeromicro/go-zero/core/logx"
)

// PingLogic answers one request.
type PingLogic struct {
	logx.Logger
	ctx    context.Context
	svcCtx *svc.ServiceContext
}

func NewPingLogic(ctx context.Context, svcCtx *svc.ServiceContext) *PingLogic {
	return &PingLogic{
		Logger: logx.WithContext(ctx),
		ctx:    ctx,
		svcCtx: svcCtx,
	}
}

func (l *PingLogic) Ping() (resp *types.Resp, err error) {
	if _, err = l.svcCtx.GreetRpc.Ping(l.ctx, &greet.Placeholder{}); err != nil {
		return nil, err
	}

	return &types.Resp{Msg: "pong"}, nil
}
