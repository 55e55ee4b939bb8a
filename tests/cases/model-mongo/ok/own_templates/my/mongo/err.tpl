package model

// {{range .Types}}{{.}} {{end}}{{.Cache}} {{.Easy}} {{.Prefix}} {{.Cfg.NamingFormat}}
import "github.com/zeromicro/go-zero/core/stores/mon"
import "errors"

var (
	ErrNotFound = mon.ErrNotFound
	ErrInvalidObjectId = errors.New("invalid objectId")
)
