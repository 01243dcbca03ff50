package qualify_test

import (
	"fmt"
	"testing"

	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify"
)

// rubricGrade is step 4 of the rubric, written down apart from the weights.
func rubricGrade(p qualify.Parts) string {
	if p.Disqualifier != "" || p.Fit == qualify.FitOut {
		return "D"
	}
	short := 0
	if p.Authority != qualify.AuthorityDecisionMaker {
		short++
	}
	if p.Urgency == qualify.UrgencyLow || p.Urgency == qualify.UrgencyNone {
		short++
	}
	if p.Specificity <= 5 {
		short++
	}
	table := map[string][]string{
		qualify.EvidenceExplicit:    {"A+", "A", "B", "C"},
		qualify.EvidenceRequirement: {"A", "B", "B", "C"},
		qualify.EvidenceImplied:     {"B", "C", "C", "C"},
	}
	row, ok := table[p.Evidence]
	if !ok {
		if p.Fit == qualify.FitIn && p.Topic {
			return "C"
		}
		return "D"
	}
	grade := row[short]
	if p.Fit == qualify.FitUnclear {
		grade = map[string]string{"A+": "A", "A": "B", "B": "C", "C": "C"}[grade]
	}
	return grade
}

func everyParts(visit func(qualify.Parts)) {
	disq := append([]string{""}, qualify.Disqualifiers()...)
	for _, ev := range []string{"explicit", "requirement", "implied", "none"} {
		for _, topic := range []bool{false, true} {
			for _, au := range []string{"decision_maker", "influencer", "unknown", "none"} {
				for _, ur := range []string{"high", "medium", "low", "none"} {
					for sp := 0; sp <= 10; sp++ {
						for _, fit := range []string{"in", "unclear", "out"} {
							for _, pains := range [][]string{nil, {"light"}, {"light", "heavy"}, {"light", "heavy", "third"}} {
								for _, d := range disq {
									visit(qualify.Parts{Evidence: ev, Topic: topic || ev != "none", Authority: au, Urgency: ur, Specificity: sp, Fit: fit, Pains: pains, Disqualifier: d})
								}
							}
						}
					}
				}
			}
		}
	}
}

func painSet() *profile.Set {
	return &profile.Set{PainPoints: profile.PainPoints{PainPoints: []profile.PainPoint{
		{ID: "light", Name: "Light", Weight: 1}, {ID: "heavy", Name: "Heavy", Weight: 10}, {ID: "third", Name: "Third", Weight: 10},
	}}}
}

func TestDefaultScoreReproducesRubricTable(t *testing.T) {
	t.Parallel()
	set, n := painSet(), 0
	everyParts(func(p qualify.Parts) {
		n++
		if got, want := qualify.Score(set, p).Grade, rubricGrade(p); got != want {
			t.Fatalf("%+v: grade %s (score %d), the rubric says %s", p, got, qualify.Score(set, p).Score, want)
		}
	})
	if n < 100_000 {
		t.Fatalf("only %d combinations were tried", n)
	}
}

func TestScoreIsTheSumOfItsPartsWithinBounds(t *testing.T) {
	t.Parallel()
	set := painSet()
	everyParts(func(p qualify.Parts) {
		b := qualify.Score(set, p)
		sum := 0.0
		for _, part := range b.Parts {
			sum += part.Points
			if part.Points > part.Max {
				t.Fatalf("%+v: part %s gives %v, more than its most %v", p, part.Part, part.Points, part.Max)
			}
		}
		if want := int(min(100, max(0, sum)) + 0.5); b.Score != want {
			t.Fatalf("%+v: score %d, its parts add up to %d", p, b.Score, want)
		}
	})
}

func TestBestLeadScoresHundred(t *testing.T) {
	t.Parallel()
	set := &profile.Set{PainPoints: profile.PainPoints{PainPoints: []profile.PainPoint{{ID: "a", Weight: 25}}}}
	b := qualify.Score(set, qualify.Parts{Evidence: "explicit", Pains: []string{"a"}, Authority: "decision_maker", Urgency: "high", Specificity: 10, Fit: "in"})
	if b.Score != 100 || b.Grade != "A+" {
		t.Fatalf("score %d grade %s, want 100 A+", b.Score, b.Grade)
	}
}

func TestProfileOverridesWeightsAndThresholds(t *testing.T) {
	t.Parallel()
	parts := qualify.Parts{Evidence: "explicit", Authority: "unknown", Urgency: "high", Specificity: 9, Fit: "in"}
	before := qualify.Score(nil, parts)
	set := painSet()
	set.PainPoints.Scoring = profile.Scoring{Weights: map[string]float64{"urgency": 0}, Thresholds: map[string]int{"A+": 60}}
	after := qualify.Score(set, parts)
	if before.Score-after.Score < 14 {
		t.Errorf("urgency without weight: score went from %d to %d, want at least 14 less", before.Score, after.Score)
	}
	if before.Grade != "A" || after.Grade != "A+" {
		t.Errorf("grades %s then %s, want A then A+ by the lower threshold", before.Grade, after.Grade)
	}
}

func TestSwitchingAClaimOffMovesTheScore(t *testing.T) {
	t.Parallel()
	claims := []qualify.Claim{
		{Key: "c1", Part: "pain", ID: "light", Value: "explicit"},
		{Key: "c2", Part: "pain", ID: "heavy", Value: "explicit"},
		{Key: "c3", Part: "authority", Value: "decision_maker"},
		{Key: "c4", Part: "urgency", Value: "high"},
		{Key: "c5", Part: "specificity", ID: "quantified", Value: "2"},
		{Key: "c6", Part: "specificity", ID: "scale", Value: "2"},
		{Key: "c7", Part: "specificity", ID: "tool", Value: "2"},
		{Key: "c8", Part: "fit", Value: "in"},
	}
	set := painSet()
	_, all := qualify.Recompute(set, claims, nil)
	for _, c := range claims {
		_, got := qualify.Recompute(set, claims, map[string]bool{c.Key: true})
		if fmt.Sprint(got.Parts) == fmt.Sprint(all.Parts) {
			t.Errorf("without claim %s (%s) the breakdown did not move", c.Key, c.Part)
		}
		if got.Score > all.Score {
			t.Errorf("without claim %s the score rose from %d to %d", c.Key, all.Score, got.Score)
		}
	}
}
