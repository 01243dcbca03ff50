package compose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"winnow/backend/internal/fault"
)

// Bounds of the merge language: bytes of a template and of what comes out of it.
const (
	maxTemplate = 64 << 10
	maxRendered = 256 << 10
)

// Variables are the names a template may use, with what they mean; nothing else of a lead can be reached.
var variableNames = map[string]string{
	"name":         "the lead's full name",
	"first_name":   "the lead's given name",
	"company":      "the lead's company",
	"title":        "the lead's job title",
	"location":     "where the lead is",
	"pain":         "the name of the lead's weightiest pain",
	"pain_quote":   "the lead's own words about that pain",
	"quote":        "the lead's own words that say most, pain or not",
	"our_company":  "our company's name",
	"one_liner":    "what we do, in a sentence",
	"our_website":  "our website",
	"sender_name":  "whoever signs the message",
	"sender_email": "the signer's e-mail address",
}

// segment is literal text, or a variable with an optional default.
type segment struct {
	text       string
	variable   string
	fallback   string
	hasDefault bool
}

// parsed is a template that has been checked: it holds only allow-listed variables. The language has no loops,
// conditions, calls or nesting, so rendering is one pass over the text.
type parsed []segment

// parse reads {{variable}} and {{variable|default}}. Faults: Invalid, saying which variable or brace and where.
func parse(field, text string) (parsed, error) {
	if len(text) > maxTemplate {
		return nil, templateFault(field, "too_long", "is longer than 64 KiB; shorten it")
	}
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return nil, templateFault(field, "bad_text", "holds bytes that are not text; paste it again as plain text")
	}
	var out parsed
	for text != "" {
		before, rest, found := strings.Cut(text, "{{")
		if strings.Contains(before, "}}") {
			return nil, templateFault(field, "brace_unopened", "has }} without {{ before it")
		}
		if before != "" {
			out = append(out, segment{text: before})
		}
		if !found {
			break
		}
		inner, after, closed := strings.Cut(rest, "}}")
		if !closed {
			return nil, templateFault(field, "brace_unclosed", "has {{ without }} after it")
		}
		s, err := parseVariable(field, inner)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
		text = after
	}
	return out, nil
}

func parseVariable(field, inner string) (segment, error) {
	name, fallback, hasDefault := strings.Cut(inner, "|")
	name = strings.TrimSpace(name)
	if _, ok := variableNames[name]; !ok {
		return segment{}, templateFault(field, "variable_unknown",
			"uses {{"+clip(name, 40)+"}}, which does not exist; the variables are "+strings.Join(VariableNames(), ", "))
	}
	fallback = strings.TrimSpace(fallback)
	if strings.ContainsAny(fallback, "{}") {
		return segment{}, templateFault(field, "default_nested", "has braces inside the default of {{"+name+"}}; a default is plain text")
	}
	if hasDefault && fallback == "" {
		return segment{}, templateFault(field, "default_empty", "gives {{"+name+"|}} an empty default; write what should stand there, or leave the | away")
	}
	return segment{variable: name, fallback: fallback, hasDefault: hasDefault}, nil
}

func templateFault(field, code, msg string) error {
	return fault.InvalidFields("template_invalid", "The template cannot be used.", fault.Field{Name: field, Code: code, Message: "The " + field + " " + msg + "."})
}

// render fills the variables in one pass: a value that holds {{…}} itself stays as it is. It returns the names of
// variables that have neither a value nor a default.
func (p parsed) render(vars map[string]string) (text string, missing []string) {
	var b strings.Builder
	for _, s := range p {
		if b.Len() > maxRendered {
			break
		}
		if s.variable == "" {
			b.WriteString(s.text)
			continue
		}
		switch v := strings.TrimSpace(vars[s.variable]); {
		case v != "":
			b.WriteString(v)
		case s.hasDefault:
			b.WriteString(s.fallback)
		default:
			missing = append(missing, s.variable)
		}
	}
	return b.String(), missing
}

// uses lists the variables of a template in the order they first appear.
func (p parsed) uses() []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range p {
		if s.variable != "" && !seen[s.variable] {
			seen[s.variable] = true
			out = append(out, s.variable)
		}
	}
	return out
}

// clip shortens s to at most n code points, at a word's end where there is one, with an ellipsis.
func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	cut := r[:n]
	for i := len(cut) - 1; i > n/2; i-- {
		if unicode.IsSpace(cut[i]) {
			cut = cut[:i]
			break
		}
	}
	return strings.TrimRightFunc(string(cut), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }) + "…"
}

// oneLine folds every run of white space and control characters into one space.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}
