package handler

import (
	"net/http"

	"out/internal/logic"
	"out/internal/svc"

	"github.com/zeromicro/go-zero/rest/httpx"
)

// UploadHandler was changed, together with its logic: the file comes from the request.
func uploadHandler(ctx *svc.ServiceContext) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		size, err := logic.NewUploadLogic(r.Context(), ctx).Upload(r, r.FormValue("name"))
		if err != nil {
			httpx.ErrorCtx(r.Context(), w, err)
			return
		}
		httpx.OkJsonCtx(r.Context(), w, map[string]int64{"size": size})
	}
}
