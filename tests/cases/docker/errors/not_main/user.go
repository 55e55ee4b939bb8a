// Package user is not one.
package user
