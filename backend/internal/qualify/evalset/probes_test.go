package evalset_test

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"winnow/backend/internal/qualify"
	"winnow/backend/internal/qualify/evalset"
)

func loadFile(tb testing.TB, name string) []evalset.Record {
	tb.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	records, err := evalset.Load(f)
	if err != nil {
		tb.Fatal(err)
	}
	return records
}

func TestProbesKeepTheirGrades(t *testing.T) {
	t.Parallel()
	report, err := evalset.Run(t.Context(), newRules(t), loadProfiles(t), loadFile(t, "probes.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for _, floor := range []struct {
		name       string
		got, least float64
	}{
		{"precision of A+/A", report.Top.Precision, 0.86},
		{"recall of A+/A", report.Top.Recall, 0.80},
		{"disqualified F1", report.Disqualified.F1, 0.94},
		{"pain point F1", report.PainPoints.F1, 0.75},
		{"within one grade", report.Grade.WithinOne, 0.92},
		{"valid quotes", report.Quotes.Valid, 1},
	} {
		if floor.got < floor.least {
			t.Errorf("%s is %.3f, the floor is %.2f\n%s", floor.name, floor.got, floor.least, report.Text())
		}
	}
}

func TestShortPostsAreLeadsOrNot(t *testing.T) {
	t.Parallel()
	report, err := evalset.Run(t.Context(), newRules(t), loadProfiles(t), loadFile(t, "short.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if report.Disqualified.F1 < 0.90 {
		t.Errorf("disqualified F1 is %.3f, the floor is 0.90\n%s", report.Disqualified.F1, report.Text())
	}
}

// TestWordingsAreHeard: of the many ways to tell a pain, nearly all are heard as that pain.
func TestWordingsAreHeard(t *testing.T) {
	t.Parallel()
	f, err := os.Open(filepath.Join("testdata", "wordings.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	a, sets := newRules(t), loadProfiles(t)
	heard, all := 0, 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		part := strings.SplitN(lines.Text(), "|", 3)
		if len(part) != 3 || strings.HasPrefix(part[0], "#") {
			continue
		}
		all++
		in := qualify.Input{Source: "linkedin", Content: part[2] + " We have this every week."}
		d, err := a.Analyze(t.Context(), sets[part[0]], in)
		if err != nil {
			t.Fatal(err)
		}
		ok := false
		for _, id := range qualify.Check(sets[part[0]], in, d).Pains {
			ok = ok || id == part[1]
		}
		if ok {
			heard++
		} else {
			t.Logf("not heard as %s: %s", part[1], part[2])
		}
	}
	if all < 200 || heard*100 < all*88 {
		t.Errorf("%d of %d wordings were heard, want 88 %%", heard, all)
	}
}
