package linkage

import "testing"

// Two values of a field, and how they agree, in words.
func TestLevels(t *testing.T) {
	t.Parallel()
	p := newParser()
	e := newEngine(p, newModel([]Field{{"x", Label}}, false))
	for _, c := range []struct {
		kind       Kind
		a, b, want string
	}{
		{Given, "Robert", "ROBERT", "same"},
		{Given, "Bob", "Robert", "short form"},
		{Given, "Jordan", "Jodran", "typo"},
		{Given, "J.", "Jordan", "initial or part"},
		{Given, "Mary Ann", "Mary", "initial or part"},
		{Given, "Dr. Anna", "Anna", "same"},
		{Given, "Philip", "Filipp", "sounds alike"},
		{Given, "Jordan", "Mei", "different"},
		{Given, "", "Mei", ""},
		{Surname, "O’Neil", "ONeil", "same"},
		{Surname, "García Márquez", "Garcia", "part"},
		{Surname, "Müller", "Mueller", "typo"},
		{Surname, "Петров", "Petrov", "same"},
		{Organisation, "Acme Pvt. Ltd.", "ACME Private Limited", "same"},
		{Organisation, "The Vega & Sons Co.", "Vega and Sons", "same"},
		{Organisation, "Borealis Technologies", "Borealis Tech GmbH", "same"},
		{Organisation, "Golden Lotus Restaurant", "Golden Lotus", "one name holds the other"},
		{Organisation, "International Business Machines", "IBM Corp.", "nearly the same"},
		{Organisation, "Store 12", "Store 14", "a little alike"},
		{Organisation, "Vega Dental", "Lucky Noodle House", "different"},
		{Street, "12 N. Main St.", "12 North Main Street", "same address"},
		{Street, "12 Main St, Suite 5", "12 Main Street", "same address"},
		{Street, "12 Main St, Suite 5", "12 Main Street #9", "same building, other unit"},
		{Street, "12 Mian St", "12 Main Street", "same but for spelling"},
		{Street, "5/12 Main St", "12 Main St Unit 5", "same address"},
		{Street, "12 W 5th St", "12 West Fifth Street", "same address"},
		{Street, "12 5th St", "12 6th St", "different"},
		{Street, "12 Main St", "14 Main St", "same street, number nearly"},
		{Street, "12 Main St", "980 Main St", "same street, other number"},
		{Street, "Main Street", "12 Main St", "same street"},
		{Street, "12 Main St", "77 Elm Rd", "different"},
		{Locality, "St. Louis", "Saint Louis", "same"},
		{Locality, "W. Hollywood", "Hollywood", "part"},
		{Locality, "Austin", "Autsin", "typo"},
		{Postcode, "78701-1234", "78701", "same"},
		{Postcode, "78701", "78710", "one character off"},
		{Postcode, "SW1A 1AA", "sw1a1aa", "same"},
		{State, "Texas", "TX", "same"},
		{Country, "Deutschland", "DE", "same"},
		{Date, "1971-06-24", "19710624", "same"},
		{Date, "1971-06-05", "1971-05-06", "day and month swapped"},
		{Date, "1971-06-24", "1971-06-25", "one digit off"},
		{Date, "1971-06-24", "1988-06-24", "two of day, month, year"},
		{Date, "1900-01-01", "1900-01-01", ""},
		{Phone, "(512) 333-0147", "+1 512.333.0147 ext. 9", "same"},
		{Phone, "030 1234 876", "+49 30 1234876", "same"},
		{Phone, "512 333 0147; 512 444 0199", "5124440199", "same"},
		{Phone, "333-0147", "(512) 333-0147", "same local number"},
		{Phone, "512 333 0147", "512 333 0174", "one digit off"},
		{Phone, "000-000-0000", "0000000000", ""},
		{Phone, "1234567890", "1234567890", ""},
		{Email, "jo.vega+crm@gmail.com", "jovega@googlemail.com", "same"},
		{Email, "jo.vega@acme.example", "jovega@acme.example", "typo"},
		{Email, "jordan@acme.example", "jordan@zeta.example", "same name at another host"},
		{Email, "info@acme.example", "info@acme.example", "shared address"},
		{Email, "ann@acme.example", "raj@acme.example", "same host"},
		{Email, "ann.lee@gmail.com", "raj.patel@gmail.com", "different"},
		{Email, "jlee12345@gmail.com", "jlee12346@gmail.com", "different"},
		{Email, "noreply@acme.example", "noreply@acme.example", ""},
		{Website, "https://www.acme.example/about", "acme.example", "same"},
		{Website, "facebook.com/acme", "facebook.com/zeta", ""},
		{ID, "AB-12 345", "ab12345", "same"},
		{ID, "AB12345", "AB12354", "one character off"},
		{ID, "999999", "999999", ""},
		{Number, "1,200", "1200.0", "same"},
		{Number, "1000", "1030", "one digit off"},
		{Label, "n/a", "n/a", ""},
	} {
		a, b := p.parse(c.kind, []string{c.a}), p.parse(c.kind, []string{c.b})
		e.model.weighValue(&Terms{Field: Field{Kind: c.kind}}, &a)
		e.model.weighValue(&Terms{Field: Field{Kind: c.kind}}, &b)
		got := ""
		if l := e.level(c.kind, &a, &b, false); l > 0 {
			got = specOf(c.kind).levels[l-1].label
		}
		if got != c.want {
			t.Errorf("%s %q and %q: %q, want %q", c.kind, c.a, c.b, got, c.want)
		}
	}
}

func TestGuess(t *testing.T) {
	t.Parallel()
	repeat := func(n int, vals ...string) (out []string) {
		for range n {
			out = append(out, vals...)
		}
		return out
	}
	for _, c := range []struct {
		name string
		vals []string
		want Kind // 0: left out
	}{
		{"dates", []string{"1971-06-24", "1988-01-02", "1971-06-24"}, Date},
		{"dates without separators", []string{"19710624", "19880102", "19710624"}, Date},
		{"phones", []string{"(512) 333-0147", "512-333-0148", "512.333.0149"}, Phone},
		{"addresses", []string{"12 Main St", "980 Lake Ave", "7 Elm Rd"}, Street},
		{"numbers of rows", []string{"1", "2", "3", "4"}, 0},
		{"numbers of rows behind a letter", []string{"R001", "R002", "R003", "R004"}, 0},
		{"ids that never repeat", []string{"ab12x", "q99z1", "zz810"}, 0},
		{"ids that repeat", []string{"ab12x", "q99z1", "ab12x", "zz810"}, ID},
		{"quantities", []string{"12", "8", "12", "130"}, Number},
		{"one value", []string{"yes", "yes", "yes"}, 0},
		{"few values", repeat(40, "italian", "french", "thai"), Category},
		{"short texts", []string{"rose cottage", "brentwood vlge", "the willows"}, Label},
		{"empty", []string{"", "n/a", "-"}, 0},
	} {
		k, ok := Guess(c.vals)
		if !ok {
			k = 0
		}
		if k != c.want {
			t.Errorf("%s: %s, want %s", c.name, k, c.want)
		}
	}
	if !Persons([]string{"Robert Hoffmann", "Elizabeth Lee", "Omar Haas"}) || Persons([]string{"Golden Lotus Restaurant", "Vega & Sons", "Citrus", "Hotel Bel-Air"}) {
		t.Error("people and firms are mixed up")
	}
}
