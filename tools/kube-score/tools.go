//go:build tools

// Package kubescore pins kube-score for the tests.
package kubescore

import _ "github.com/zegl/kube-score/cmd/kube-score"
