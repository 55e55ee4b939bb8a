package store

import (
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// User is mine.
type User struct {
	ID       bson.ObjectID `bson:"_id,omitempty"`
	Name     string        `bson:"name"`
	UpdateAt time.Time     `bson:"updateAt"`
	CreateAt time.Time     `bson:"createAt"`
}
