package lead_test

import (
	"testing"

	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

func TestSearchFollowsEdits(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		s := service(d)
		l := put(t, d, lead.Lead{Name: "Ann", Content: "spreadsheets everywhere"})
		if _, err := s.Update(system(t), l.ID, nil, lead.Change{Text: map[string]string{"content": "warehouse trouble"}}); err != nil {
			t.Fatal(err)
		}
		for q, want := range map[string]int{"spreadsheets": 0, "ware": 1, "tro": 1, "ann": 1, "an": 0, "wa": 0} {
			p, err := store(d).List(system(t), lead.Query{Search: q})
			if err != nil || p.Total != want {
				t.Errorf("%q: %d, %v, want %d", q, p.Total, err, want)
			}
		}
	})
}

func TestCommonAndRareWordsAreFoundAlike(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		ls := make([]lead.Lead, 1300)
		for i := range ls {
			ls[i] = lead.Lead{Content: "common", Score: i % 100, Grade: "D", Source: []string{"a", "b"}[i%2]}
			if i%100 == 0 {
				ls[i].Content += " rare"
			}
		}
		putAll(t, d, ls)
		for _, c := range []struct {
			filter, q string
			want      int
		}{{"", "common", 1300}, {"source = a", "comm", 650}, {"", "common rare", 13}, {"source = b", "rare", 0}, {"score = 7", "common", 13}} {
			q, seen := lead.Query{Filter: c.filter, Search: c.q, Limit: 200}, 0
			for {
				p, err := store(d).List(system(t), q)
				if err != nil || p.Total != c.want {
					t.Fatalf("%+v: %d, %v", c, p.Total, err)
				}
				seen += len(p.Items)
				if q.Cursor = p.Next; q.Cursor == "" {
					break
				}
			}
			if seen != c.want {
				t.Errorf("%+v: the pages hold %d", c, seen)
			}
		}
	})
}

// The beginning of a word finds every word that begins so, whether few or many do, however they are written.
func TestBeginningsFindEveryWordThatBeginsSo(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		ls := []lead.Lead{{Content: "Stock"}, {Content: "the STOCKS fell"}, {Content: "Stöckli"}, {Content: "stoc"}, {Content: "restock"}, {Content: "stock-taking"}, {Content: "stock's"}}
		for c := 'a'; c <= 'z'; c++ {
			ls = append(ls, lead.Lead{Content: "many" + string(c) + " forms" + string(c%3+'a')})
		}
		putAll(t, d, ls)
		for q, want := range map[string]int{
			"stock": 5, "STOCK": 5, "stocks": 1, "stöck": 5, "stockl": 1, "stockx": 0, "stoc": 6,
			"many": 26, "manya": 1, "many forms": 26, "many formsa": 8, "manyb stock": 0, "stock's": 1, "stock-tak": 1, "stock fell": 1,
		} {
			p, err := store(d).List(system(t), lead.Query{Search: q})
			if err != nil || p.Total != want {
				t.Errorf("%q: %d, %v, want %d", q, p.Total, err, want)
			}
		}
	})
}
