package model

type (
	userModel interface{}
)
