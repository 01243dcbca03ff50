package linkage_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"winnow/backend/internal/intake/linkage"
)

// row makes a record of "field=value" pairs; a field may come twice.
func row(fields []linkage.Field, pairs string) linkage.Record {
	r := linkage.Record{Values: make([][]string, len(fields))}
	for p := range strings.SplitSeq(pairs, "; ") {
		name, value, _ := strings.Cut(p, "=")
		for i, f := range fields {
			if f.Name == name {
				r.Values[i] = append(r.Values[i], value)
			}
		}
	}
	return r
}

// Each case is what a salesperson would say of two leads, before anything was learned.
func TestPeople(t *testing.T) {
	t.Parallel()
	fields := linkage.People()
	m := linkage.NewMatcher(linkage.Believe(fields, 1000))
	for _, c := range []struct {
		name, a, b string
		want       linkage.Outcome
	}{
		{"the same address and name", "first_name=Jo; last_name=Vega; email=jo@acme.example", "first_name=Jo; last_name=Vega; email=jo@acme.example", linkage.Same},
		{"dots and tags where the provider ignores them", "first_name=Jordan; last_name=Vega; email=jordan.vega+crm@googlemail.com", "first_name=Jordan; last_name=Vega; email=jordanvega@gmail.com", linkage.Same},
		{"a short form, at the same number", "first_name=Bob; last_name=Hoffmann; phone=+1 512 555 0147; company=Acme Inc", "first_name=Robert; last_name=Hoffman; phone=(512) 555-0147; company=ACME", linkage.Same},
		{"names swapped", "first_name=Vega; last_name=Jordan; email=j.vega@acme.example", "first_name=Jordan; last_name=Vega; email=j.vega@acme.example", linkage.Same},
		{"two alphabets", "first_name=Иван; last_name=Петров; email=ip@acme.example", "first_name=Ivan; last_name=Petrov; email=ip@acme.example", linkage.Same},
		{"accents", "first_name=José; last_name=Muñoz; phone=+34 612 845 671", "first_name=Jose; last_name=Munoz; phone=0034612845671", linkage.Same},
		{"a profile", "first_name=J.; last_name=Vega; linkedin_url=https://www.linkedin.com/in/jovega", "first_name=Jordan; last_name=Vega; linkedin_url=https://www.linkedin.com/in/jovega", linkage.Same},
		{"a free mail host", "first_name=Ann; last_name=Lee; email=annlee@gmail.com", "first_name=Raj; last_name=Patel; email=rpatel77@gmail.com", linkage.Different},
		{"a desk's address", "first_name=Ann; last_name=Lee; email=info@acme.example; company=Acme", "first_name=Raj; last_name=Patel; email=info@acme.example; company=Acme", linkage.Different},
		{"a switchboard", "first_name=Ann; last_name=Lee; phone=+1 512 555 0100; company=Acme; city=Austin", "first_name=Raj; last_name=Patel; phone=+1 512 555 0100; company=Acme; city=Austin", linkage.Different},
		{"colleagues of one surname", "first_name=Ann; last_name=Lee; email=ann.lee@acme.example; company=Acme", "first_name=Raj; last_name=Lee; email=raj.lee@acme.example; company=Acme", linkage.Different},
		{"placeholders", "first_name=Ann; last_name=Lee; phone=0000000000; email=test@test.com; company=n/a", "first_name=Raj; last_name=Lee; phone=000-000-0000; email=test@test.com; company=N/A", linkage.Different},
		{"only a first name in common", "first_name=Ann; company=Acme", "first_name=Ann; company=Borealis", linkage.Different},
		{"nothing at all", "", "", linkage.Different},
	} {
		a, b := m.Prepare(row(fields, c.a)), m.Prepare(row(fields, c.b))
		if got := m.Match(a, b); got.Outcome != c.want {
			t.Errorf("%s: %s (%.1f bits), want %s: %+v", c.name, got.Outcome, got.Bits, c.want, got)
		}
	}
}

func TestCompanies(t *testing.T) {
	t.Parallel()
	fields := linkage.Companies()
	m := linkage.NewMatcher(linkage.Believe(fields, 1000))
	for _, c := range []struct {
		name, a, b string
		want       linkage.Outcome
	}{
		{"legal forms and short forms", "name=Borealis Technologies Pvt. Ltd.; domain=borealis.example", "name=BOREALIS TECH PRIVATE LIMITED; domain=https://www.borealis.example/", linkage.Same},
		{"an address written two ways", "name=Art's Delicatessen; address=12224 Ventura Blvd.; city=Studio City; phone=818/762-1221", "name=Arts Deli; address=12224 Ventura Boulevard; city=Studio City; phone=(818) 762-1221", linkage.Same},
		{"units and directions", "name=Golden Lotus; address=Suite 5, 435 S. La Cienega Blvd; city=Los Angeles; phone=310 246 1501", "name=Golden Lotus Restaurant; address=435 South La Cienega Boulevard; city=Los Angeles; phone=310-246-1501", linkage.Same},
		{"a branch", "name=Burger Barn; address=12 Main St; city=Austin; phone=512 333 0100", "name=Burger Barn; address=980 Lake Ave; city=Austin; phone=512 777 0199", linkage.Different},
		{"neighbours", "name=Vega Dental; address=12 Main St Suite 3; city=Austin; zip=78701; phone=512 333 0100", "name=Lucky Noodle House; address=12 Main Street; city=Austin; zip=78701; phone=512 777 0199", linkage.Different},
		{"next door, of a likely name", "name=Vega Dental; address=12 Main St; city=Austin", "name=Vega Bakery; address=14 Main St; city=Austin", linkage.Different},
		{"two stores by number", "name=Corner Pharmacy 12; city=Austin", "name=Corner Pharmacy 14; city=Austin", linkage.Different},
		{"one line of two firms", "name=Vega Roofing; address=1 Oak Rd; city=Austin; phone=512 333 0100", "name=Vega Travel; address=77 Elm Rd; city=Dallas; phone=512 333 0100", linkage.Different},
		{"a page on a portal", "name=Acme Foods; domain=facebook.com", "name=Zeta Tools; domain=facebook.com", linkage.Different},
	} {
		a, b := m.Prepare(row(fields, c.a)), m.Prepare(row(fields, c.b))
		if got := m.Match(a, b); got.Outcome != c.want {
			t.Errorf("%s: %s (%.1f bits), want %s: %+v", c.name, got.Outcome, got.Bits, c.want, got)
		}
	}
}

func TestTheReasonsAddUp(t *testing.T) {
	t.Parallel()
	fields := linkage.People()
	m := linkage.NewMatcher(linkage.Believe(fields, 1000))
	got := m.Match(m.Prepare(row(fields, "first_name=Jo; last_name=Vega; email=jo@acme.example; city=Austin; company=Acme")),
		m.Prepare(row(fields, "first_name=Jo; last_name=Vegas; email=jo@acme.example; city=Dallas; company=Acme")))
	sum := got.Prior - got.Discount
	for _, f := range got.Fields {
		if f.Label == "" || f.Kind == "" || f.Level == 0 {
			t.Errorf("%+v says nothing", f)
		}
		sum += f.Bits
	}
	if math.Abs(sum-got.Bits) > .6 { // a discount of less than half a bit is not told
		t.Errorf("the parts make %.2f, the whole is %.2f", sum, got.Bits)
	}
	if got.Fields[0].Field != "email" || got.Fields[0].Bits < 5 {
		t.Errorf("the first reason is %+v", got.Fields[0])
	}
}

// TestStoredModels: what is learned comes back from storage and judges the same; it holds no values.
func TestStoredModels(t *testing.T) {
	t.Parallel()
	fields := linkage.People()
	var records []linkage.Record
	for _, r := range []string{
		"first_name=Jordan; last_name=Vega; email=jv@acme.example; company=Acme", "first_name=Jordan; last_name=Vegas; email=jv@acme.example; company=Acme",
		"first_name=Ann; last_name=Lee; email=ann@zeta.example; company=Zeta", "first_name=Raj; last_name=Lee; email=raj@zeta.example; company=Zeta",
		"first_name=Mei; last_name=Lee; email=mei@zeta.example; company=Zeta", "first_name=Omar; last_name=Haas; email=omar@zeta.example; company=Zeta",
	} {
		records = append(records, row(fields, r))
	}
	learned := linkage.Learn(fields, records)
	text, err := json.Marshal(learned)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"vega", "acme", "zeta"} {
		if strings.Contains(strings.ToLower(string(text)), secret) {
			t.Errorf("the stored model holds the value %q", secret)
		}
	}
	stored, err := linkage.Load(text)
	if err != nil {
		t.Fatal(err)
	}
	x, y := linkage.NewMatcher(learned), linkage.NewMatcher(stored)
	for i := range records {
		for j := range records {
			a, _ := x.Score(x.Prepare(records[i]), x.Prepare(records[j]))
			b, _ := y.Score(y.Prepare(records[i]), y.Prepare(records[j]))
			if math.Abs(a-b) > 1e-9 {
				t.Errorf("records %d and %d: %.3f, stored %.3f", i, j, a, b)
			}
		}
	}
	for _, bad := range []string{`{}`, `{"version":1,"fields":[{"name":"x","kind":"colour"}]}`, `{"version":1,"fields":[{"name":"x","kind":"email","m":[[1],[1]],"u":[[1],[1]]}]}`, `nonsense`} {
		if _, err := linkage.Load([]byte(bad)); err == nil {
			t.Errorf("%s was taken for a model", bad)
		}
	}
}

// TestAnyText: whatever stands in a file, nothing breaks, a pair is judged alike from both sides, and scores are numbers.
func TestAnyText(t *testing.T) {
	t.Parallel()
	var fields []linkage.Field
	for k := linkage.Given; k <= linkage.Text; k++ {
		fields = append(fields, linkage.Field{Name: k.String(), Kind: k})
	}
	m := linkage.NewMatcher(linkage.Believe(fields, 100))
	value := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9 /.+()-]{0,20}`), rapid.StringMatching(`[a-c@. ]{0,16}`), rapid.SampledFrom([]string{"", "n/a", "1999-12-31", "a@b.co", "Suite 5", "#", "5/12 Main St", "2nd floor", strings.Repeat("ab ", 400), "\xff\xfe", "ß", "李雷"}))
	rapid.Check(t, func(t *rapid.T) {
		records := make([]linkage.Record, 4)
		for i := range records {
			for range fields {
				records[i].Values = append(records[i].Values, rapid.SliceOfN(value, 0, 3).Draw(t, "values"))
			}
		}
		a, b := m.Prepare(records[0]), m.Prepare(records[1])
		x, _ := m.Score(a, b)
		y, _ := m.Score(b, a)
		if math.IsNaN(x) || math.IsInf(x, 0) || math.Abs(x-y) > 1e-6 {
			t.Fatalf("%v and %v: %+v %+v", x, y, m.Match(a, b), m.Match(b, a))
		}
		m.Lookups(a)
		if r := linkage.Run(fields, records, nil); math.IsNaN(r.Model.Prior) {
			t.Fatal("the prior is no number")
		}
	})
}

// TestGroup: a chain of likenesses does not make one of what differs at its ends.
func TestGroup(t *testing.T) {
	t.Parallel()
	fields := linkage.People()
	m := linkage.NewMatcher(linkage.Believe(fields, 1000))
	var ready []*linkage.Prepared
	for _, r := range []string{
		"first_name=Jordan; last_name=Vega; email=jordan@acme.example; phone=+1 512 333 0141; company=Acme",
		"first_name=Jordan; last_name=Vegas; email=jordan@acme.example; company=Acme Inc",
		"first_name=J.; last_name=Vega; phone=+1 512 333 0141; company=Acme",
		"first_name=Mei; last_name=Chen; email=mei@acme.example; company=Acme",
		"first_name=Mei; last_name=Chen; email=mei@acme.example; company=Acme; linkedin_url=https://www.linkedin.com/in/meichen",
		"first_name=Ann; last_name=Lee; email=ann@zeta.example",
	} {
		ready = append(ready, m.Prepare(row(fields, r)))
	}
	_, unsure := m.Group(ready)
	if fmt.Sprint(unsure) != "[[0 1 2] [3 4]]" {
		t.Errorf("grouped as %v", unsure)
	}
	if same, unsure := m.Group(nil); same != nil || unsure != nil {
		t.Error("something came of nothing")
	}
}
