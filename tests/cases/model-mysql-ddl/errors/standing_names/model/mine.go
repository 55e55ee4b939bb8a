package model

type Orders []string
