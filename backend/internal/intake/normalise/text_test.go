package normalise_test

import (
	"testing"

	"pgregory.net/rapid"

	"winnow/backend/internal/intake/normalise"
)

// Inputs 5 and 6 of the list of real inputs that broke other tools.
func TestText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in, want string
		removed  int
	}{
		{"Jo\x00", "Jo", 1},
		{"Ihre Verf\u00fcgbarkeit\u0000", "Ihre Verf\u00fcgbarkeit", 1},
		{"a\xe2\x80 b", "a b", 2},
		{"Jose\u0301", "Jos\u00e9", 0},
		{"\u200b\ufeffname\u202e", "name", 3},
		{"party 👩\u200d👩\u200d👧 🎉", "party 👩\u200d👩\u200d👧 🎉", 0},
		{"a\r\nb\rc", "a\nb\nc", 0},
		{" \u00a0x\u00a0 ", "x", 0},
		{"क्\u200dष", "क्\u200dष", 0},
	} {
		got, removed := normalise.Text(c.in)
		if got != c.want || removed != c.removed {
			t.Errorf("%q: %q %d, want %q %d", c.in, got, removed, c.want, c.removed)
		}
	}
}

func TestTextIsStable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		once, _ := normalise.Text(rapid.String().Draw(t, "s"))
		if twice, removed := normalise.Text(once); twice != once || removed != 0 {
			t.Fatalf("%q became %q", once, twice)
		}
	})
}

func TestUnquote(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`="01234"`: "01234", "'+1 512": "+1 512", "'=SUM(A1)": "=SUM(A1)", "'t Hooft": "'t Hooft", "O'Neil": "O'Neil",
		"''=x": "'=x", "=SUM(A1)": "=SUM(A1)", "'0123": "0123", "'": "'",
	} {
		if got := normalise.Unquote(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"JOHN O'NEIL": "John O'Neil", "u/steelandcoffee": "u/steelandcoffee", "IBM": "IBM", "MARY-ANN VAN DYK": "Mary-Ann Van Dyk",
		"Jo \"Johnny\" Doe": "Jo \"Johnny\" Doe", "=SUM(A1:A10)": "=SUM(A1:A10)", "जॉन डो": "जॉन डो",
	} {
		if got := normalise.Name(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string][2]string{
		"Dr. Ada Sample": {"Ada", "Sample"}, "Doe, Jane": {"Jane", "Doe"}, "Ludwig van Beethoven": {"Ludwig", "van Beethoven"},
		"Jo Doe Jr.": {"Jo", "Doe"}, "Neha": {"Neha", ""}, "": {"", ""},
	} {
		if first, last := normalise.SplitName(in); first != want[0] || last != want[1] {
			t.Errorf("%q: %q %q, want %v", in, first, last, want)
		}
	}
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"J. Vega", "Jordan Vega", true}, {"Raj Patel", "Amit Patel", false}, {"", "Jo", true}, {"Jo Doe", "Dr. Jo M. Doe", true}, {"JO DÖE", "jo doe", true},
	} {
		if got := normalise.NamesAgree(c.a, c.b); got != c.want {
			t.Errorf("%q and %q agree: %v", c.a, c.b, got)
		}
	}
}

func TestCompanies(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"The Acme Pvt. Ltd.": "acme", "ACME": "acme", "Müller GmbH & Co. KG": "muller", "Limited": "limited", "Société Générale S.A.": "societe generale",
		"Bluebay Gaming Ltd": "bluebay gaming", "Example, Inc.": "example", "भारत उद्योग": "भारत उद्योग",
	} {
		if got := normalise.CompanyKey(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"Nov-50": "11-50", "01-Oct": "1-10", "10-Feb": "2-10", "51-200": "51-200", "13": "13", "1000+": "1000+"} {
		if got := normalise.CompanySize(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestCountries(t *testing.T) {
	t.Parallel()
	c := normalise.NewCountries()
	for in, want := range map[string]string{
		"France": "FR", "Deutschland": "DE", "USA": "US", "U.K.": "GB", "भारत": "IN", "الإمارات العربية المتحدة": "AE", "in": "IN", "DEU": "DE", "Atlantis": "",
	} {
		if got := c.Code(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"Oslo, Norway": "NO", "Springfield, IL": "", "Derby, UK": "GB", "Ohio, USA": "US"} {
		if got := c.OfLocation(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"en_US": "en", "de": "de", "xx-bogus-language": "", "": ""} {
		if got := normalise.Language(in); got != want {
			t.Errorf("language %q: %q, want %q", in, got, want)
		}
	}
}
