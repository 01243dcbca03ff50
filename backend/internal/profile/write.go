package profile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// write is the YAML of a typed document, each key with the schema's description as a comment above it.
func write(docKind string, doc any) (string, error) {
	schema, err := compileSchema(docKind)
	if err != nil {
		return "", err
	}
	comments := yaml.CommentMap{}
	describe(comments, "$", schema)
	b, err := yaml.MarshalWithOptions(doc, yaml.IndentSequence(true), yaml.WithComment(comments), yaml.CustomMarshaler(quoted))
	if err != nil {
		return "", fmt.Errorf("write %s: %w", docKind, err)
	}
	return "# " + schema.Title + "\n" + string(b), nil
}

// plain matches texts that are plainly themselves in YAML: they begin with a letter and hold nothing that YAML knows.
var plain = regexp.MustCompile(`^\pL[\pL\pN ,.()/'+&–;%-]*$`)

// quoted writes a text plainly where that is safe and as a JSON string, which is YAML too, everywhere else: the library
// leaves some texts unquoted that it cannot read back.
func quoted(s string) ([]byte, error) {
	switch strings.ToLower(s) {
	case "true", "false", "null", "yes", "no", "on", "off", "y", "n", "inf", "nan":
	default:
		if plain.MatchString(s) {
			return []byte(s), nil
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(s)
	return bytes.TrimSpace(b.Bytes()), err
}

// describe adds a comment for each described key of a map; items of lists get none, they would repeat.
func describe(comments yaml.CommentMap, path string, s *jsonschema.Schema) {
	keys := make([]string, 0, len(s.Properties))
	for key := range s.Properties {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		child := s.Properties[key]
		at := path + "." + key
		if strings.ContainsAny(key, "+.") {
			continue
		}
		if child.Description != "" {
			comments[at] = []*yaml.Comment{yaml.HeadComment(" " + child.Description)}
		}
		describe(comments, at, child)
	}
}
