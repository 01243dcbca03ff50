package lead_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// BenchmarkList measures pages of 50 at 100,000 leads with texts of about 60 words (Zipf over 8,000 words, seed 7).
// It reports the 95th percentile over different filters' values and words.
func BenchmarkList(b *testing.B) {
	for name, open := range map[string]func(testing.TB) *db.DB{"sqlite": testkit.SQLite, "postgres": testkit.Postgres} {
		b.Run(name, func(b *testing.B) {
			d := open(b)
			many(b, d, 100_000)
			for _, c := range []struct{ name, filter, q, sort string }{
				{name: "plain"},
				{name: "filter", filter: "status = new and source = linkedin"},
				{name: "grade", filter: "grade in (A+,A) and created_at > -14d", sort: "-created_at"},
				{name: "tags", filter: "not (tags has vip) and country = de"},
				{name: "rare filter", filter: `company contains "zzzz"`},
				{name: "rare word", q: "w4000"},
				{name: "middle word", q: "w300"},
				{name: "common word", q: "w1"},
				{name: "common words", q: "w1 w2"},
				{name: "common prefix", q: "w12"},
				{name: "no match", q: "nothinglikethis"},
				{name: "search+filter+sort", filter: "grade in (A+,A) and source = linkedin", q: "w12", sort: "-score"},
				{name: "common+rare filter", filter: "status = won and grade = D", q: "w1"},
				{name: "common+filter+created", filter: "source = linkedin", q: "w2 w5", sort: "-created_at"},
				{name: "by name", sort: "name"},
				{name: "by company", sort: "-company", filter: "status = new"},
				{name: "by grade", sort: "-grade"},
				{name: "by activity", sort: "-last_activity_at"},
			} {
				b.Run(c.name, func(b *testing.B) { listBench(b, d, lead.Query{Filter: c.filter, Search: c.q, Sort: c.sort}) })
			}
		})
	}
}

func listBench(b *testing.B, d *db.DB, q lead.Query) {
	b.Helper()
	var took []time.Duration
	n := 0
	for b.Loop() {
		start := time.Now()
		p, err := store(d).List(system(b), q)
		if err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
		n = p.Total
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
	b.ReportMetric(float64(n), "total")
}

func many(tb testing.TB, d *db.DB, n int) {
	tb.Helper()
	r := rand.New(rand.NewPCG(7, 7))
	zipf := rand.NewZipf(r, 1.2, 8, 8000)
	now := testkit.Clock().Now()
	pick := func(s ...string) string { return s[r.IntN(len(s))] }
	ls := make([]lead.Lead, n)
	for i := range ls {
		words := make([]string, 60)
		for j := range words {
			words[j] = fmt.Sprintf("w%d", zipf.Uint64())
		}
		l := lead.Lead{
			Name: fmt.Sprintf("Person %d", r.IntN(n)), Company: fmt.Sprintf("Firm %d", r.IntN(n/3)), Title: pick("Owner", "Head of Sales", "Buyer"),
			Email: fmt.Sprintf("p%d@firm.test", i), Source: pick("linkedin", "reddit", "website", "google_maps", "file"), Content: strings.Join(words, " "),
			Country: pick("DE", "US", "IN", "GB", "FR"), Status: lead.Status(pick("new", "new", "new", "qualified", "disqualified", "contacted")),
			Score: r.IntN(101), CreatedAt: now.Add(-time.Duration(r.IntN(90*24*3600)) * time.Second),
		}
		l.Grade = lead.Grades()[min(4, (100-l.Score)/15)]
		if i%5 == 0 {
			l.Score, l.Grade = lead.NoScore, ""
		}
		if i%1000 == 0 {
			l.Status = lead.StatusWon
		}
		if i%10 == 0 {
			l.Tags.V = []string{"vip"}
		}
		complete(&l, now)
		ls[i] = l
	}
	for chunk := range slices.Chunk(ls, 5000) {
		err := d.Tx(tb.Context(), func(tx *gorm.DB) error { return tx.CreateInBatches(chunk, 400).Error })
		if err != nil {
			tb.Fatal(err)
		}
	}
	if d.Dialect == db.Postgres { // as autovacuum does before long; nobody does it for SQLite
		if err := d.Write.Exec("VACUUM ANALYZE leads").Error; err != nil {
			tb.Fatal(err)
		}
	}
}
