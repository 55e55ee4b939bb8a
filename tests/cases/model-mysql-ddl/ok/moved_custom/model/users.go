package model

import "github.com/zeromicro/go-zero/core/stores/sqlx"

var _ UserModel = (*customUserModel)(nil)

// UserModel is what usermodel.go was, in a file that the team called otherwise.
type UserModel interface {
	userModel
}

type customUserModel struct {
	*defaultUserModel
}

// NewUserModel returns a model of table user.
func NewUserModel(conn sqlx.SqlConn) UserModel {
	return &customUserModel{newUserModel(conn)}
}

func init() {}
