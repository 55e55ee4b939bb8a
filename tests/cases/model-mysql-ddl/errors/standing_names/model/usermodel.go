package model

// Of a goctl that wrote one file for a table.

type User struct {
	Id int64 `db:"id"`
}

type defaultUserModel struct{}
