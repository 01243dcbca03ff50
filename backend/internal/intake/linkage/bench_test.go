package linkage_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"winnow/backend/internal/intake/linkage"
)

// crowd makes n contacts, every tenth a twin with a typo.
func crowd(n int) []linkage.Record {
	rng := rand.New(rand.NewPCG(1, 2))
	word := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteByte("bcdfghjklmnprstvwz"[rng.IntN(18)])
			b.WriteByte("aeiou"[rng.IntN(5)])
		}
		return b.String()
	}
	out := make([]linkage.Record, n)
	for i := range out {
		if i%10 == 9 {
			twin := out[rng.IntN(i)]
			values := append([][]string{}, twin.Values...)
			values[1] = []string{values[1][0] + "e"}
			out[i] = linkage.Record{Values: values}
			continue
		}
		first, last, firm := word(2), word(3), word(3)+" "+word(2)
		out[i] = row(linkage.People(), fmt.Sprintf("first_name=%s; last_name=%s; company=%s Ltd; email=%s.%s@%s.example; phone=+1 %03d %03d %04d; city=%s",
			first, last, firm, first, last, word(4), 201+rng.IntN(700), 200+rng.IntN(800), rng.IntN(10000), word(1+rng.IntN(2))))
	}
	return out
}

// BenchmarkScore: pairs a second of one processor, without allocations.
func BenchmarkScore(b *testing.B) {
	records := crowd(2000)
	m := linkage.NewMatcher(linkage.Learn(linkage.People(), records))
	ready := make([]*linkage.Prepared, len(records))
	for i := range records {
		ready[i] = m.Prepare(records[i])
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		m.Score(ready[n%len(ready)], ready[(n*7+n/len(ready))%len(ready)])
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "pairs/s")
}

// BenchmarkScoreTwins compares what blocking brings together: records that are alike.
func BenchmarkScoreTwins(b *testing.B) {
	records := crowd(2000)
	m := linkage.NewMatcher(linkage.Learn(linkage.People(), records))
	x, y := m.Prepare(records[9]), m.Prepare(records[19])
	b.ReportAllocs()
	for b.Loop() {
		m.Score(x, y)
	}
}

// BenchmarkLead is what one new lead costs beside the database: prepare it and two hundred candidates, score each.
func BenchmarkLead(b *testing.B) {
	records := crowd(2000)
	m := linkage.NewMatcher(linkage.Learn(linkage.People(), records))
	for b.Loop() {
		lead := m.Prepare(records[9])
		m.Lookups(lead)
		for _, r := range records[:200] {
			m.Score(lead, m.Prepare(r))
		}
	}
}

// BenchmarkRun learns from and sweeps 5,000 records.
func BenchmarkRun(b *testing.B) {
	records := crowd(5000)
	for b.Loop() {
		linkage.Run(linkage.People(), records, nil)
	}
}
