package evalset_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/goccy/go-yaml"

	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify/evalset"
	"winnow/backend/internal/qualify/rules"
)

// loadProfiles reads testdata/profiles; the files name competitors "competitors_fictional".
func loadProfiles(tb testing.TB) map[string]*profile.Set {
	tb.Helper()
	out := map[string]*profile.Set{}
	for _, name := range []string{"profile", "profile2", "profile3"} {
		set := &profile.Set{Name: name}
		dir := filepath.Join("testdata", "profiles", name)
		var fictional struct {
			Competitors []string `yaml:"competitors_fictional"`
		}
		readYAML(tb, filepath.Join(dir, "company.yaml"), &set.Company)
		readYAML(tb, filepath.Join(dir, "company.yaml"), &fictional)
		readYAML(tb, filepath.Join(dir, "audience.yaml"), &set.Audience)
		readYAML(tb, filepath.Join(dir, "pain_points.yaml"), &set.PainPoints)
		set.Company.Competitors = append(set.Company.Competitors, fictional.Competitors...)
		out[name] = set
	}
	return out
}

func readYAML(tb testing.TB, path string, into any) {
	tb.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	if err := yaml.Unmarshal(text, into); err != nil {
		tb.Fatalf("%s: %v", path, err)
	}
}

func loadRecords(tb testing.TB) []evalset.Record {
	tb.Helper()
	f, err := os.Open(filepath.Join("testdata", "leads-dev.jsonl"))
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	records, err := evalset.Load(f)
	if err != nil {
		tb.Fatal(err)
	}
	return records
}

func newRules(tb testing.TB) *rules.Analyzer {
	tb.Helper()
	a, err := rules.New()
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

func TestRulesReachTheFloorOnHeldOutRows(t *testing.T) {
	t.Parallel()
	report, err := evalset.Run(t.Context(), newRules(t), loadProfiles(t), loadRecords(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + report.Text())
	even := report.Even
	for _, floor := range []struct {
		name       string
		got, least float64
	}{
		{"precision of A+/A", even.Top.Precision, 0.80},
		{"recall of A+/A", even.Top.Recall, 0.60},
		{"disqualified F1", even.Disqualified.F1, 0.80},
		{"pain point micro F1", even.PainPoints.F1, 0.60},
		{"valid quotes", report.Quotes.Valid, 1},
	} {
		if floor.got < floor.least {
			t.Errorf("%s on even rows is %.3f, the floor is %.2f", floor.name, floor.got, floor.least)
		}
	}
	if report.InjectedAboveLabel > 0 {
		t.Errorf("%d rows with injected orders are graded above their label", report.InjectedAboveLabel)
	}
}

// TestA40_NoInjectionRaisesAGrade puts every attack into every row, before, behind or inside in turn.
func TestA40_NoInjectionRaisesAGrade(t *testing.T) {
	t.Parallel()
	attacks := evalset.Attacks()
	if len(attacks) < 60 {
		t.Fatalf("only %d attacks, want at least 60", len(attacks))
	}
	got, err := evalset.Inject(t.Context(), newRules(t), loadProfiles(t), loadRecords(t), attacks, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d tried, %d risen", got.Tried, got.Risen)
	if got.Risen > 0 {
		t.Errorf("%d of %d grades rose: %v", got.Risen, got.Tried, got.Worst)
	}
}
