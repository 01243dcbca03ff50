package profile

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"winnow/backend/internal/config/suggest"
	"winnow/backend/internal/config/yamldoc"
)

//go:embed schema/*.json
var schemaFiles embed.FS

// maxFaults bounds how many faults of one document are told at once.
const maxFaults = 50

// SchemaJSON is the JSON Schema of a kind, for editors and the API's readers.
func SchemaJSON(docKind string) ([]byte, error) {
	return schemaFiles.ReadFile("schema/" + docKind + ".json")
}

func compileSchema(docKind string) (*jsonschema.Schema, error) {
	raw, err := SchemaJSON(docKind)
	if err != nil {
		return nil, err
	}
	loaded, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(docKind+".json", loaded); err != nil {
		return nil, err
	}
	return c.Compile(docKind + ".json")
}

// validate checks a tree against its kind's schema. The error is for a broken schema only.
func validate(docKind, file string, root *yamldoc.Node) (Faults, error) {
	schema, err := compileSchema(docKind)
	if err != nil {
		return nil, err
	}
	plain := root.Any()
	dropEmpty(plain, schema)
	bad, ok := errors.AsType[*jsonschema.ValidationError](schema.Validate(plain))
	if !ok {
		return nil, nil
	}
	t := teller{file: file, root: root, schema: schema}
	t.tell(bad)
	slices.SortStableFunc(t.faults, func(a, b Fault) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	if len(t.faults) > maxFaults {
		more := len(t.faults) - maxFaults
		t.faults = append(t.faults[:maxFaults], Fault{File: file, Message: fmt.Sprintf("There are %d more faults.", more), Hint: "Mend these first."})
	}
	return t.faults, nil
}

// teller turns the schema's verdict into faults with places and words for people.
type teller struct {
	file   string
	root   *yamldoc.Node
	schema *jsonschema.Schema
	faults Faults
}

// tell walks to the leaves: only they say something.
func (t *teller) tell(e *jsonschema.ValidationError) {
	if len(e.Causes) > 0 {
		for _, c := range e.Causes {
			t.tell(c)
		}
		return
	}
	at, _ := t.root.At(e.InstanceLocation...)
	where := dotted(e.InstanceLocation)
	switch k := e.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		t.unknown(e.InstanceLocation, at, k.Properties)
	case *kind.Required:
		for _, name := range k.Missing {
			missing := append(slices.Clone(e.InstanceLocation), name)
			t.add(at.Line, at.Col, missing, fmt.Sprintf("%s lacks the key %q.", or(where, "The document"), name), t.about(missing))
		}
	default:
		msg, hint := say(or(where, "The document"), at, e.ErrorKind)
		t.add(at.Line, at.Col, e.InstanceLocation, msg, strings.TrimSpace(hint+" "+t.about(e.InstanceLocation)))
	}
}

func (t *teller) add(line, col int, path []string, msg, hint string) {
	t.faults = append(t.faults, Fault{File: t.file, Line: line, Column: col, Message: msg, Hint: hint, Path: strings.Join(path, "/")})
}

func (t *teller) unknown(path []string, at *yamldoc.Node, names []string) {
	known := t.keys(path)
	for _, name := range names {
		line, col := at.Line, at.Col
		if e := at.Get(name); e != nil {
			line, col = e.Line, e.Col
		}
		hint := strings.TrimSpace(suggest.Hint(name, known))
		if hint == "" {
			hint = "Remove it. Known keys here: " + strings.Join(known, ", ") + "."
		}
		t.add(line, col, append(slices.Clone(path), name), fmt.Sprintf("The key %q is not known%s.", name, inside(path)), hint)
	}
}

// keys lists what the schema allows at a path, sorted.
func (t *teller) keys(path []string) []string {
	s := t.at(path)
	if s == nil {
		return nil
	}
	var keys []string
	for k := range s.Properties {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// about is the schema's own description of a path, "" when it has none.
func (t *teller) about(path []string) string {
	for len(path) > 0 {
		if s := t.at(path); s != nil && s.Description != "" {
			return path[len(path)-1] + ": " + s.Description
		}
		if _, err := strconv.Atoi(path[len(path)-1]); err != nil {
			return ""
		}
		path = path[:len(path)-1]
	}
	return ""
}

// at walks the schema along a path of the document.
func (t *teller) at(path []string) *jsonschema.Schema {
	s := t.schema
	for _, step := range path {
		if s = child(s, step); s == nil {
			return nil
		}
	}
	return s
}

// child is the schema of a key or of the items of a list. A schema that refers to another one keeps its own
// description, so the reference is followed only to go on.
func child(s *jsonschema.Schema, step string) *jsonschema.Schema {
	if s.Ref != nil && len(s.Properties) == 0 && s.Items2020 == nil {
		s = s.Ref
	}
	if next := s.Properties[step]; next != nil {
		return next
	}
	return s.Items2020
}

// dropEmpty removes known keys that have no value ("competitors:"): they count as left out.
func dropEmpty(v any, s *jsonschema.Schema) {
	switch x := v.(type) {
	case map[string]any:
		for key, value := range x {
			next := child(s, key)
			if next == nil {
				continue
			}
			if value == nil {
				delete(x, key)
			}
			dropEmpty(value, next)
		}
	case []any:
		if items := child(s, "0"); items != nil {
			for _, item := range x {
				dropEmpty(item, items)
			}
		}
	}
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func inside(path []string) string {
	if len(path) == 0 {
		return ""
	}
	return " in " + dotted(path)
}

// dotted writes a path as people do: pain_points[2].weight.
func dotted(path []string) string {
	var b strings.Builder
	for _, step := range path {
		if _, err := strconv.Atoi(step); err == nil {
			b.WriteString("[" + step + "]")
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(step)
	}
	return b.String()
}
