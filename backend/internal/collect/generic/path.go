package generic

import (
	"strconv"
	"strings"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/fault"
)

// Path is a way into JSON: data.items[*].name, $.a["b c"][0], **.email (at any depth). Names may stand in brackets and quotes.
type Path struct {
	text  string
	steps []step
}

type step struct {
	name  string
	index int
	kind  stepKind
}

type stepKind int

const (
	byName stepKind = iota
	byIndex
	every
	anywhere
)

const (
	maxSteps  = 50
	maxValues = 10_000
)

// ParsePath reads a path; a fault names the place.
func ParsePath(s string) (Path, error) {
	p := Path{text: s}
	rest := strings.TrimSpace(s)
	rest = strings.TrimPrefix(strings.TrimPrefix(rest, "$"), ".")
	for rest != "" {
		var st step
		var err error
		if st, rest, err = nextStep(rest); err != nil {
			return Path{}, fault.Newf(fault.Invalid, "path_invalid", "The path %q cannot be read: %s.", page.Snippet(s), err.Error())
		}
		if p.steps = append(p.steps, st); len(p.steps) > maxSteps {
			return Path{}, fault.Newf(fault.Invalid, "path_invalid", "The path has more than %d steps.", maxSteps)
		}
	}
	return p, nil
}

type pathError string

func (e pathError) Error() string { return string(e) }

func nextStep(s string) (step, string, error) {
	if s[0] == '[' {
		end := strings.IndexByte(s, ']')
		if len(s) > 1 && (s[1] == '"' || s[1] == '\'') {
			if end = strings.Index(s[2:], s[1:2]+"]"); end >= 0 {
				end += 3
			}
		}
		if end < 0 {
			return step{}, "", pathError("a bracket is not closed")
		}
		inner := strings.TrimSpace(s[1:end])
		rest := strings.TrimPrefix(s[end+1:], ".")
		switch {
		case inner == "*" || inner == "":
			return step{kind: every}, rest, nil
		case inner[0] == '"' || inner[0] == '\'':
			return step{name: inner[1 : len(inner)-1]}, rest, nil
		}
		n, err := strconv.Atoi(inner)
		if err != nil {
			return step{}, "", pathError("[" + inner + "] is no number")
		}
		return step{kind: byIndex, index: n}, rest, nil
	}
	if s[0] == '.' { // $..name
		return step{kind: anywhere}, s[1:], nil
	}
	end := strings.IndexAny(s, ".[")
	if end < 0 {
		end = len(s)
	}
	name, rest := s[:end], strings.TrimPrefix(s[end:], ".")
	switch name {
	case "*":
		return step{kind: every}, rest, nil
	case "**":
		return step{kind: anywhere}, rest, nil
	}
	return step{name: name}, rest, nil
}

// Values are what stands at the path. A name entered into a list means every element of it.
func (p Path) Values(v any) []any {
	now := []any{v}
	for _, st := range p.steps {
		var next []any
		for _, e := range now {
			next = st.from(e, next)
			if len(next) > maxValues {
				next = next[:maxValues]
				break
			}
		}
		now = next
	}
	return now
}

func (st step) from(v any, out []any) []any {
	switch t := v.(type) {
	case []any:
		switch st.kind {
		case byIndex:
			i := st.index
			if i < 0 {
				i += len(t)
			}
			if i >= 0 && i < len(t) {
				return append(out, t[i])
			}
		case every:
			return append(out, t...)
		case anywhere:
			return below(v, out)
		default:
			for _, e := range t {
				if m, ok := e.(map[string]any); ok {
					if x, has := m[st.name]; has {
						out = append(out, x)
					}
				}
			}
		}
	case map[string]any:
		switch st.kind {
		case every:
			for _, k := range page.SortedKeys(t) {
				out = append(out, t[k])
			}
		case anywhere:
			return below(v, out)
		case byName:
			if x, ok := t[st.name]; ok {
				return append(out, x)
			}
		default:
		}
	}
	return out
}

func below(v any, out []any) []any {
	page.Objects(v, func(_ string, m map[string]any) bool {
		if len(out) < maxValues {
			out = append(out, m)
		}
		return len(out) < maxValues
	})
	return out
}

// Text is what stands at the path as one text: several values joined by ";".
func (p Path) Text(v any) string {
	var out []string
	for _, e := range p.Values(v) {
		out = append(out, page.Strs(e)...)
	}
	return strings.Join(out, ";")
}
