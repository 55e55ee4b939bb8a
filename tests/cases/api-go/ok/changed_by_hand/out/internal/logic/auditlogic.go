package logic

import (
	"context"

	"out/internal/svc"
)

// AuditLogic has no route; other logic uses it.
type AuditLogic struct{}

func NewAuditLogic(ctx context.Context, svcCtx *svc.ServiceContext) *AuditLogic {
	return &AuditLogic{}
}
