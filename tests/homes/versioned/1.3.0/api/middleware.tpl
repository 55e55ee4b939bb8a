package middleware

import "net/http"

type {{.name}} struct{}

func New{{.name}}() *{{.name}} { return new({{.name}}) }

func (m *{{.name}}) Handle(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { next(w, r) }
}
