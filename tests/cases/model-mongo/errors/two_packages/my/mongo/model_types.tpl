package model

type {{.Type}} struct{}
