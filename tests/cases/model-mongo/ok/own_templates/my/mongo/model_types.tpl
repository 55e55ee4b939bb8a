package model

import (
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
)

type {{.Type}} struct {
	ID       bson.ObjectID `bson:"_id,omitempty" json:"id,omitempty"`
	Name     string        `bson:"name" json:"name"`
	UpdateAt time.Time     `bson:"updateAt" json:"updateAt"`
	CreateAt time.Time     `bson:"createAt" json:"createAt"`
}
