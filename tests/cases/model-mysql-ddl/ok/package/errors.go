package shop

import "errors"

// ErrNotFound is ours.
var ErrNotFound = errors.New("not found")
