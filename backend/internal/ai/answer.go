package ai

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"sort"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// malformed says what is wrong with an answer, in words that may be shown to the model.
type malformed struct {
	why    string
	answer string // what the model said, "" when nothing could be read
	cut    bool   // it was cut off for its length
}

func (m *malformed) Error() string { return m.why }

// read finds the JSON object in a model's words and holds it against the schema and the caller's own check.
func read(words string, s *schema, validate func([]byte) error) ([]byte, error) {
	bad := func(format string, args ...any) error {
		return &malformed{why: fmt.Sprintf(format, args...), answer: words}
	}
	if strings.TrimSpace(words) == "" {
		return nil, bad("the answer is empty")
	}
	raw := object(words)
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, bad("the answer is not one complete JSON object")
	}
	if err := s.check.Validate(v); err != nil {
		return nil, bad("the answer does not fit the schema: %s", complaints(err))
	}
	if validate != nil {
		if err := validate(raw); err != nil {
			return nil, bad("the answer cannot be used: %s", err)
		}
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, raw); err != nil {
		return nil, bad("the answer is not one complete JSON object")
	}
	return compact.Bytes(), nil
}

// object cuts the words before and after the outermost braces: models wrap JSON in fences and politeness.
func object(words string) []byte {
	words = strings.TrimSpace(words)
	from, to := strings.IndexByte(words, '{'), strings.LastIndexByte(words, '}')
	if from < 0 || to < from {
		return []byte(words)
	}
	return []byte(words[from : to+1])
}

// complaints lists the first faults of a validation, each with its place.
func complaints(err error) string {
	ve, ok := errors.AsType[*jsonschema.ValidationError](err)
	if !ok {
		return "it cannot be checked"
	}
	var out []string
	var walk func(*jsonschema.ValidationError)
	walk = func(e *jsonschema.ValidationError) {
		if len(out) >= 200 {
			return
		}
		if len(e.Causes) == 0 {
			out = append(out, "at /"+strings.Join(e.InstanceLocation, "/")+": "+cut(e.ErrorKind.LocalizedString(message.NewPrinter(language.English)), 200))
		}
		for _, c := range e.Causes {
			walk(c)
		}
	}
	walk(ve)
	sort.Strings(out) // the library walks maps
	return strings.Join(out[:min(len(out), 5)], "; ")
}

// cut shortens a text to n code points.
func cut(s string, n int) string {
	rs := []rune(s)
	if len(rs) <= n {
		return s
	}
	return string(rs[:n]) + "…"
}
