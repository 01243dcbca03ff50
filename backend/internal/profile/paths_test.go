package profile_test

import (
	"testing"

	"winnow/backend/internal/profile"
)

// Each fault names the value it is about, so that a form can show it beside its field.
func TestFaultsNameTheValueTheyAreAbout(t *testing.T) {
	t.Parallel()
	const pains = "pain_points:\n  - {id: a, name: A, weight: 5, phrases: [x]}\n"
	tests := []struct{ name, kind, yaml, path string }{
		{"a missing key", profile.KindCompany, "name: N\ncategory: c\n", "one_liner"},
		{"a value of the wrong form", profile.KindCompany, "name: N\ncategory: c\none_liner: o\nwebsite: nord.example\n", "website"},
		{"an unknown key", profile.KindCompany, "name: N\ncategory: c\none_liner: o\ntitel: x\n", "titel"},
		{"a missing key of an item", profile.KindPainPoints, "pain_points:\n  - {id: a, name: A, weight: 5}\n", "pain_points/0/phrases"},
		{"a value in an item", profile.KindPainPoints, pains + "  - {id: b, name: B, weight: 50, phrases: [x]}\n", "pain_points/1/weight"},
		{"an id used twice", profile.KindPainPoints, pains + "  - {id: a, name: B, weight: 5, phrases: [x]}\n", "pain_points/1/id"},
		{"bounds that contradict", profile.KindAudience, "industries: [i]\ngeographies: [g]\nseniority: {decision_maker: [ceo]}\ncompany_size: {min_employees: 9, max_employees: 3}\n", "company_size/max_employees"},
		{"thresholds that contradict", profile.KindPainPoints, pains + "scoring: {thresholds: {A: 50, B: 60}}\n", "scoring/thresholds/B"},
		{"no YAML at all", profile.KindCompany, "name: [", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := profile.Parse(tt.kind, profile.FileName(tt.kind), []byte(tt.yaml))
			faults := profile.FaultsOf(err)
			if len(faults) != 1 || faults[0].Path != tt.path {
				t.Errorf("%+v", faults)
			}
		})
	}
}
