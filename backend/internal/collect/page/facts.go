package page

import (
	"strings"

	"winnow/backend/internal/intake/normalise"
)

// Facts reads "label: value" pairs from lines: on one line with a colon, or the value on the line after its label, as tables
// and definition lists show them. label says which field a label means ("" for none).
func Facts(lines []Line, label func(folded string) string) (facts []Fact) {
	for i, l := range lines {
		if len(l.Text) > 400 {
			continue
		}
		if k, v, ok := strings.Cut(l.Text, ":"); ok && strings.TrimSpace(v) != "" {
			if f := label(normalise.Fold(k)); f != "" {
				facts = append(facts, Fact{Field: f, Value: strings.TrimSpace(v), Snippet: l.Text})
				continue
			}
		}
		f := label(normalise.Fold(strings.TrimSuffix(strings.TrimSpace(l.Text), ":")))
		if f == "" || i+1 >= len(lines) {
			continue
		}
		v := strings.TrimSpace(strings.TrimPrefix(lines[i+1].Text, ":"))
		if v == "" && i+2 < len(lines) {
			v = lines[i+2].Text
		}
		if v != "" && len(v) <= 400 && label(normalise.Fold(strings.TrimSuffix(v, ":"))) == "" {
			facts = append(facts, Fact{Field: f, Value: v, Snippet: l.Text + ": " + v})
		}
	}
	return facts
}

// Fact is a value that stands behind a label.
type Fact struct{ Field, Value, Snippet string }
