//go:build ignore

package docs
