package page

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// ParseJSON reads JSON of any shape; numbers stay as they are written.
func ParseJSON(body []byte) (any, error) {
	body = bytes.TrimPrefix(bytes.TrimSpace(body), []byte("\xef\xbb\xbf"))
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, fmt.Errorf("read JSON: %w", err)
	}
	return v, nil
}

// maxDepth bounds how deep a value is looked into.
const maxDepth = 200

// Objects visits every object in v, outer ones first, with the name of the field that holds it; fn says whether to look inside.
func Objects(v any, fn func(name string, obj map[string]any) bool) { objects("", v, fn, 0) }

func objects(name string, v any, fn func(string, map[string]any) bool, depth int) {
	if depth > maxDepth {
		return
	}
	switch t := v.(type) {
	case map[string]any:
		if !fn(name, t) {
			return
		}
		for _, k := range SortedKeys(t) {
			objects(k, t[k], fn, depth+1)
		}
	case []any:
		for _, e := range t {
			objects(name, e, fn, depth+1)
		}
	}
}

// SortedKeys are an object's names in order, so that what is read does not depend on chance.
func SortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sortStrings(keys)
	return keys
}

// Str is a scalar as text: "" for null, objects and lists. A list of one scalar is that scalar.
func Str(v any) string {
	switch t := v.(type) {
	case string:
		return t
	case json.Number:
		return t.String()
	case bool:
		return strconv.FormatBool(t)
	case []any:
		if len(t) == 1 {
			return Str(t[0])
		}
	}
	return ""
}

// Strs are the scalars of a list, or the one scalar.
func Strs(v any) (out []string) {
	if l, ok := v.([]any); ok {
		for _, e := range l {
			if s := strings.TrimSpace(Str(e)); s != "" {
				out = append(out, s)
			}
		}
		return out
	}
	if s := strings.TrimSpace(Str(v)); s != "" {
		out = append(out, s)
	}
	return out
}

// Get goes down a path of names; a list is entered by its first element. nil when there is nothing.
func Get(v any, path ...string) any {
	for _, p := range path {
		if l, ok := v.([]any); ok && len(l) > 0 {
			v = l[0]
		}
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[p]
	}
	return v
}

// GetStr is Str of Get.
func GetStr(v any, path ...string) string { return Str(Get(v, path...)) }

// FirstStr is the first of names that has a value.
func FirstStr(m map[string]any, names ...string) string {
	for _, n := range names {
		if s := strings.TrimSpace(Str(m[n])); s != "" {
			return s
		}
	}
	return ""
}
