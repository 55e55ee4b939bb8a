package model

import (
	"errors"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
)

type (
	// User moved here.
	User struct {
		ID       bson.ObjectID `bson:"_id,omitempty"`
		UpdateAt time.Time     `bson:"updateAt"`
		CreateAt time.Time     `bson:"createAt"`
	}
)

// ErrInvalidObjectId moved here.
var ErrInvalidObjectId = errors.New("no id")
