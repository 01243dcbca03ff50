package evalset_test

import (
	"testing"
)

// BenchmarkAnalyze judges the labelled leads one after the other; the bound is 1 ms a lead.
func BenchmarkAnalyze(b *testing.B) {
	a, sets, records := newRules(b), loadProfiles(b), loadRecords(b)
	for _, r := range records { // compile the profiles before the clock runs
		if _, err := a.Analyze(b.Context(), sets[r.Profile], r.Input()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		r := records[i%len(records)]
		if _, err := a.Analyze(b.Context(), sets[r.Profile], r.Input()); err != nil {
			b.Fatal(err)
		}
		i++
	}
}
