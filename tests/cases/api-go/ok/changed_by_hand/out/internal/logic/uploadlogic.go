package logic

import (
	"context"
	"net/http"

	"out/internal/svc"
)

type UploadLogic struct {
	ctx    context.Context
	svcCtx *svc.ServiceContext
}

func NewUploadLogic(ctx context.Context, svcCtx *svc.ServiceContext) *UploadLogic {
	return &UploadLogic{ctx, svcCtx}
}

func (l *UploadLogic) Upload(r *http.Request, name string) (int64, error) {
	NewAuditLogic(l.ctx, l.svcCtx)
	return r.ContentLength, nil
}
