package compose

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"winnow/backend/internal/fault"
)

func TestParseRefusesWhatIsNotInTheLanguage(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"A1 environment":     "{{env \"HOME\"}}",
		"A1 expandenv":       "{{expandenv \"$PATH\"}}",
		"A1 config":          "{{.Config}}",
		"A1 call":            "{{call .F}}",
		"A1 nested template": "{{template \"x\"}}",
		"A1 printf":          "{{printf \"%999999999d\" 1}}",
		"A1 range":           "{{range $i := 1}}x{{end}}",
		"A2 secret field":    "{{password_hash}}",
		"A2 another field":   "{{email}}",
		"unclosed":           "Hi {{name",
		"unopened":           "Hi name}}",
		"nested":             "{{name|{{company}}}}",
		"empty default":      "{{name|}}",
		"too long":           strings.Repeat("x", maxTemplate+1),
		"NUL":                "Hi \x00",
		"not UTF-8":          "Hi \xff",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := parse("body", text); !fault.Is(err, fault.Invalid) {
				t.Errorf("parse gave %v, want an Invalid fault", err)
			}
		})
	}
}

func TestRenderFillsOnceAndNamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	p, err := parse("body", "Hi {{ first_name | there }}, {{company}} and {{pain}}.")
	if err != nil {
		t.Fatal(err)
	}
	text, missing := p.render(map[string]string{"company": "{{pain}} & Sons", "first_name": "  "})
	if want := "Hi there, {{pain}} & Sons and ."; text != want {
		t.Errorf("text %q, want %q", text, want)
	}
	if len(missing) != 1 || missing[0] != "pain" {
		t.Errorf("missing %v, want [pain]", missing)
	}
}

func TestAnyTextParsesOrIsRefusedAndRendersBounded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("{}|a name pain_quote\n%$.<>"))).Draw(t, "text")
		p, err := parse("body", text)
		if err != nil {
			return
		}
		out, _ := p.render(map[string]string{"name": "N", "pain_quote": "Q"})
		if len(out) > len(text)+maxRendered {
			t.Fatalf("rendered %d bytes", len(out))
		}
	})
}

func TestFirstNameGreetsPeopleOnly(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Siobhan Kerrigan": "Siobhan", "Dr. Anil Rao": "Anil", "RAJESH KUMAR": "Rajesh", "Kerrigan, Siobhan": "Siobhan",
		"u/steelandcoffee": "", "info@x.example": "", "Westmere Animal Nutrition Ltd": "", "R. Sharma": "", "": "",
		"Mary-Jane Watson": "Mary-Jane", "O’Neil Patrick": "O’Neil", "सुरेश कुशवाहा": "सुरेश", "anonymous": "", "steel99": "", "jdoe": "",
		"Shri Prakash Jha": "Prakash",
	} {
		if got := FirstName(name); got != want {
			t.Errorf("FirstName(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestBuiltinTemplatesParse(t *testing.T) {
	t.Parallel()
	for _, b := range builtins() {
		for field, text := range map[string]string{"subject": b.Subject, "body": b.Body} {
			if _, err := parse(field, text); err != nil {
				t.Errorf("%s: %v", b.Name, err)
			}
		}
	}
}
