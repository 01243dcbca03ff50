package normalise_test

import (
	"slices"
	"testing"

	"winnow/backend/internal/intake/normalise"
)

// Inputs 4, 12, 17 and 18 of the list of real inputs that broke other tools.
func TestParseEmail(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in, address, key string
		person           bool
	}{
		{"jo@acme.example", "jo@acme.example", "jo@acme.example", true},
		{" Jane@Acme.Example ", "Jane@Acme.Example", "jane@acme.example", true},
		{"\u200bjo@acme.example\u200b", "jo@acme.example", "jo@acme.example", true},
		{"mailto:jo@acme.example?subject=Hi", "jo@acme.example", "jo@acme.example", true},
		{"Jo Doe <jo@acme.example>", "jo@acme.example", "jo@acme.example", true},
		{"info@müller.de", "info@müller.de", "info@xn--mller-kva.de", false},
		{"info@demo-rüter.de", "info@demo-rüter.de", "info@xn--demo-rter-v9a.de", false},
		{"info@xn--mller-kva.de", "info@müller.de", "info@xn--mller-kva.de", false},
		{"o'brien@acme.example", "o'brien@acme.example", "o'brien@acme.example", true},
		{"a+tag@acme.example", "a+tag@acme.example", "a+tag@acme.example", true},
		{`"john doe"@acme.example`, `"john doe"@acme.example`, `"john doe"@acme.example`, true},
		{`"a@b"@acme.example`, `"a@b"@acme.example`, `"a@b"@acme.example`, true},
		{"john.doe+crm@googlemail.com", "john.doe+crm@googlemail.com", "johndoe@gmail.com", true},
		{"johndoe@gmail.com", "johndoe@gmail.com", "johndoe@gmail.com", true},
		{"john.doe+x@acme.example", "john.doe+x@acme.example", "john.doe+x@acme.example", true},
		{"noreply@acme.example", "noreply@acme.example", "noreply@acme.example", false},
		{"test@test.com", "test@test.com", "test@test.com", false},
	} {
		e, p := normalise.ParseEmail(c.in)
		if p != nil || e.Address != c.address || e.Key != c.key || e.Person() != c.person {
			t.Errorf("%q: %+v %v, want %q %q person=%v", c.in, e, p, c.address, c.key, c.person)
		}
	}
}

func TestParseEmailRefuses(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"", "invalid", "n/a", "@", "a@", "@b.example", "x@localhost", "x@[1.2.3.4]", "a@b@c.example", "a..b@acme.example",
		"a b@acme.example", "jo@acme", "jo@-acme.example", "jo@acme.e", "jo@acme.123", `"a@b.example`,
	} {
		if e, p := normalise.ParseEmail(in); p == nil {
			t.Errorf("%q was taken for %+v", in, e)
		}
	}
}

// Input 13: several addresses in one cell.
func TestEmailsOfOneCell(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]string{
		"a@example.com;b@example.com":                      {"a@example.com", "b@example.com"},
		"sam@rivera.example ::: sam2@rivera.example":       {"sam@rivera.example", "sam2@rivera.example"},
		"jordan@acme.example, j.v@example.com":             {"jordan@acme.example", "j.v@example.com"},
		"A <a@acme.example>, \"B, C\" <b@acme.example>":    {"a@acme.example", "b@acme.example"},
		"raj@acme.example / 9876501234":                    {"raj@acme.example"},
		"a@acme.example\nA@ACME.example":                   {"a@acme.example"},
		"n/a":                                              nil,
		"jo@acme.example, not an address@, x@acme.example": {"jo@acme.example", "x@acme.example"},
	} {
		good, _, _ := normalise.Emails(in)
		var got []string
		for _, e := range good {
			got = append(got, e.Address)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", in, got, want)
		}
	}
	_, bad, rest := normalise.Emails("raj@acme.example / 9876501234; x@@y")
	if !slices.Equal(rest, []string{"9876501234"}) || !slices.Equal(bad, []string{"x@@y"}) {
		t.Errorf("rest %v, bad %v", rest, bad)
	}
}
