// Renders every template of a table with Go's own engine. Arguments: the table, the data. Prints, as JSON, what came of
// each: its name, and the text or the error.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"text/template"
)

// Route is data that is a struct: fields, and methods without arguments.
type Route struct {
	Method, Path, Handler string
	request               string
	Docs                  map[string]any
}

// RequestTypeName is a method, as goctl's routes have it.
func (r Route) RequestTypeName() string { return r.request }

type row struct{ Name, Text, Error string }

// build makes Go's data: integers are int; {"$route": …} is a Route, {"$strings": […]} a []string.
func build(value any) any {
	switch value := value.(type) {
	case json.Number:
		if n, err := value.Int64(); err == nil {
			return int(n)
		}
		f, _ := value.Float64()
		return f
	case []any:
		list := make([]any, len(value), len(value))
		for i, v := range value {
			list[i] = build(v)
		}
		return list
	case map[string]any:
		if route, ok := value["$route"].(map[string]any); ok {
			text := func(name string) string { s, _ := route[name].(string); return s }
			docs, _ := build(route["Docs"]).(map[string]any)
			return Route{Method: text("Method"), Path: text("Path"), Handler: text("Handler"), request: text("RequestTypeName"), Docs: docs}
		}
		if list, ok := value["$strings"].([]any); ok {
			texts := make([]string, len(list), len(list))
			for i, v := range list {
				texts[i] = v.(string)
			}
			return texts
		}
		object := make(map[string]any, len(value))
		for k, v := range value {
			object[k] = build(v)
		}
		return object
	}
	return value
}

func render(text string, data any) (out string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	t, err := template.New("table").Parse(text)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	err = t.Execute(&b, data)
	return b.String(), err
}

func main() {
	table, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	raw, err := os.ReadFile(os.Args[2])
	if err != nil {
		panic(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var read map[string]any
	if err := decoder.Decode(&read); err != nil {
		panic(err)
	}
	var rows []row
	signs := strings.NewReplacer("␀", "\x00", "␋", "\v", "␌", "\f", "␍", "\r")
	for _, entry := range strings.Split("\n"+signs.Replace(string(table)), "\n== ")[1:] {
		head, text, _ := strings.Cut(entry, "\n")
		if strings.HasPrefix(head, "#") {
			continue
		}
		name, id, _ := strings.Cut(head, " ")
		out, err := render(strings.TrimSuffix(text, "\n"), build(read[strings.TrimSpace(id)]))
		r := row{Name: name, Text: out}
		if err != nil {
			r = row{Name: name, Error: err.Error()}
		}
		rows = append(rows, r)
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(rows); err != nil {
		panic(err)
	}
}
