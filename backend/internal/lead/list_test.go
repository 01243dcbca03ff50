package lead_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

func names(ls []lead.Lead) []string {
	var out []string
	for _, l := range ls {
		out = append(out, l.Name)
	}
	return out
}

func TestPagesJoinToTheWholeListInEverySort(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		var ls []lead.Lead
		for i := range 37 {
			l := lead.Lead{
				Name: fmt.Sprintf("n%02d", i*7%37), Company: fmt.Sprintf("c%d", i%3), Score: i%5*20 + 1, Grade: lead.Grades()[i%5],
				CreatedAt: testkit.Clock().Now().Add(-time.Duration(i%4) * time.Hour),
			}
			if i%3 == 0 {
				at := testkit.Clock().Now().Add(time.Duration(i) * time.Microsecond)
				l.PostedAt = &at
				v := int64(i%2) * 1_000_000
				l.ValueMicros = &v
			}
			if i%9 == 0 {
				l.Score, l.Grade = lead.NoScore, ""
			}
			ls = append(ls, l)
		}
		putAll(t, d, ls)
		sorts := []string{"", "-score,created_at", "company,-name", "-grade,-score", "grade,name"}
		for _, n := range lead.SortNames() {
			sorts = append(sorts, n, "-"+n)
		}
		for _, sort := range sorts {
			whole, err := store(d).List(system(t), lead.Query{Sort: sort, Limit: 100})
			if err != nil {
				t.Fatalf("%s: %v", sort, err)
			}
			var got []string
			q := lead.Query{Sort: sort, Limit: 5}
			var pages []lead.Page
			for {
				p, err := store(d).List(system(t), q)
				if err != nil {
					t.Fatalf("%s: %v", sort, err)
				}
				if p.Total != 37 || p.TotalCapped {
					t.Fatalf("%s: total %d", sort, p.Total)
				}
				got = append(got, names(p.Items)...)
				pages = append(pages, *p)
				if q.Cursor = p.Next; q.Cursor == "" {
					break
				}
			}
			if !slices.Equal(got, names(whole.Items)) || len(got) != 37 {
				t.Errorf("%q: pages give\n%v\nthe list is\n%v", sort, got, names(whole.Items))
			}
			backwards(t, d, sort, pages)
		}
	})
}

// backwards goes from the last of the pages to the first and meets the same rows.
func backwards(t *testing.T, d *db.DB, sort string, pages []lead.Page) {
	t.Helper()
	at := pages[len(pages)-1]
	for i := len(pages) - 2; i >= 0; i-- {
		p, err := store(d).List(system(t), lead.Query{Sort: sort, Limit: 5, Cursor: at.Prev})
		if err != nil {
			t.Fatalf("%s: back to page %d: %v", sort, i, err)
		}
		if !slices.Equal(names(p.Items), names(pages[i].Items)) || p.Total != pages[i].Total {
			t.Errorf("%q: page %d is %v, going back %v", sort, i, names(pages[i].Items), names(p.Items))
		}
		forth, err := store(d).List(system(t), lead.Query{Sort: sort, Limit: 5, Cursor: p.Next})
		if err != nil || !slices.Equal(names(forth.Items), names(pages[i+1].Items)) {
			t.Errorf("%q: forth again from page %d: %v %v", sort, i, names(forth.Items), err)
		}
		at = *p
	}
	if at.Prev != "" {
		t.Errorf("%q: there is a page before the first", sort)
	}
}

func TestBestLeadsComeFirst(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		at := testkit.Clock().Now()
		putAll(t, d, []lead.Lead{
			{Name: "unjudged"},
			{Name: "older", Grade: "A", Score: 80, CreatedAt: at.Add(-time.Hour)},
			{Name: "newer", Grade: "A", Score: 80, CreatedAt: at},
			{Name: "best", Grade: "A+", Score: 95, CreatedAt: at.Add(-2 * time.Hour)},
		})
		for sort, want := range map[string][]string{
			"":                   {"best", "newer", "older", "unjudged"},
			"-grade,created_at":  {"best", "older", "newer", "unjudged"},
			"grade,-created_at":  {"unjudged", "newer", "older", "best"},
			"score , created_at": {"unjudged", "older", "newer", "best"},
		} {
			p, err := store(d).List(system(t), lead.Query{Sort: sort})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(names(p.Items), want) {
				t.Errorf("%q: %v, want %v", sort, names(p.Items), want)
			}
		}
	})
}

func TestA17_SortAndCursorTakeNothingButTheirOwn(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		putAll(t, d, []lead.Lead{{Name: "a"}, {Name: "b"}, {Name: "c"}})
		p, err := store(d).List(system(t), lead.Query{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range []lead.Query{
			{Sort: "id"},
			{Sort: "name;drop table leads"},
			{Sort: "name desc"},
			{Sort: "--name"},
			{Sort: "name,name"},
			{Sort: "(select 1)"},
			{Sort: "owner_id"},
			{Sort: "a,b,c,d,e"},
			{Sort: "name,"},
			{Cursor: "x"},
			{Cursor: p.Next, Sort: "name"},
			{Cursor: p.Next, Filter: "score > 1"},
			{Cursor: p.Next, Search: "a"},
			{Cursor: p.Next + "A"},
			{Cursor: "eyJsIjoiIn0"},
			{Limit: 201},
			{Limit: -1},
		} {
			if _, err := store(d).List(system(t), q); !fault.Is(err, fault.Invalid) {
				t.Errorf("%+v: %v", q, err)
			}
		}
	})
}

func TestSearchFindsWordsByTheirBeginning(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		putAll(t, d, []lead.Lead{
			{Name: "Ann Müller", Company: "Acme GmbH", Content: "We re-order by hand; write to ann@acme.io, it's 9,000 orders."},
			{Name: "Bob", Title: "Head of Operations", Content: "L'entrepôt est plein. C'est le café."},
			{Name: "सुरेश", Content: "हमारे यहाँ स्टॉक"},
		})
		for q, want := range map[string][]string{
			"muller":           {"Ann Müller"},
			"MÜLL":             {"Ann Müller"},
			"acme ord":         {"Ann Müller"},
			"ann@acme.io":      {"Ann Müller"},
			"acme.io":          {"Ann Müller"},
			"re-order":         {"Ann Müller"},
			"it's":             {"Ann Müller"},
			"entrepot":         {"Bob"},
			"cafe":             {"Bob"},
			"oper":             {"Bob"},
			"सुरेश":            {"सुरेश"},
			"acme bob":         nil,
			`"acme" OR bob`:    nil,
			`acme* NEAR(a, b)`: nil,
			`name:ann`:         nil,
			"half ½ 'x \\ :*|": nil,
			"ʼn":               nil,
		} {
			p, err := store(d).List(system(t), lead.Query{Search: q})
			if err != nil {
				t.Errorf("%q: %v", q, err)
				continue
			}
			if !slices.Equal(names(p.Items), want) {
				t.Errorf("%q finds %v, want %v", q, names(p.Items), want)
			}
		}
		p, err := store(d).List(system(t), lead.Query{Search: "acme müll"})
		if err != nil {
			t.Fatal(err)
		}
		h := p.Highlights[0]
		if fmt.Sprint(h["name"], h["company"], h["content"]) != "[[4 10]] [[0 4]] [[34 38]]" {
			t.Errorf("highlights: %v", h)
		}
	})
}
