package qualify

import (
	"math"
	"slices"
	"strconv"

	"winnow/backend/internal/profile"
)

// ScoreVersion is stored with each analysis; it changes whenever equal parts may score differently.
const ScoreVersion = "1"

// Keys of profile.Scoring.Weights. A weight is the most points its part can give; the defaults sum to 100.
const (
	WeightEvidence     = "evidence"     // default 39
	WeightAuthority    = "authority"    // default 14.6
	WeightUrgency      = "urgency"      // default 14.7
	WeightSpecificity  = "specificity"  // default 14.7
	WeightFit          = "fit"          // default 17
	WeightDisqualifier = "disqualifier" // default 100, taken off
)

// Grades, best first. They are also the keys of profile.Scoring.Thresholds (D has none).
const (
	GradeAPlus = "A+"
	GradeA     = "A"
	GradeB     = "B"
	GradeC     = "C"
	GradeD     = "D"
)

// Grades lists the grades, best first.
func Grades() []string { return []string{GradeAPlus, GradeA, GradeB, GradeC, GradeD} }

// GradeRank is 0 for A+ … 4 for D; an unknown grade ranks as D.
func GradeRank(grade string) int {
	for i, g := range Grades() {
		if g == grade {
			return i
		}
	}
	return len(Grades()) - 1
}

// Parts is what a score is made of: every level stands on kept claims (see Derive).
type Parts struct {
	Evidence     string   `json:"evidence"`
	Topic        bool     `json:"topic"` // with evidence none: the text is about what we sell all the same
	Pains        []string `json:"pains"` // ids of claimed pain points
	Authority    string   `json:"authority"`
	Urgency      string   `json:"urgency"`
	Specificity  int      `json:"specificity"` // 0–10
	Fit          string   `json:"fit"`
	Disqualifier string   `json:"disqualifier"` // "" = none
}

// PartScore is one bar of the stacked score. Points are negative for what disqualifies.
type PartScore struct {
	Part   string  `json:"part"`
	Level  string  `json:"level"`
	Weight float64 `json:"weight"`
	Points float64 `json:"points"`
	Max    float64 `json:"max"`
	Reason string  `json:"reason"`
}

// Breakdown is a score taken apart: Score is the rounded sum of the parts' points, within 0–100.
type Breakdown struct {
	Score int         `json:"score"`
	Grade string      `json:"grade"`
	Parts []PartScore `json:"parts"`
}

// The default points are spaced so that their plain sum falls into the rubric's grade bands:
//
//   - each of authority, urgency and specificity gives 14 or a little more when met, under 1 when short;
//   - explicit evidence gives 34, up to 39 by the weights of the pains; requirement 28; implied 11;
//   - fit in gives 17, unclear 0;
//   - without evidence, who and when count for little: the first three shrink to 1.5 each, topic and fit in give 5.5.
//
// TestDefaultScoreReproducesRubricTable enumerates every combination.
const (
	pointsExplicit    = 34.0
	pointsPains       = 5.0 // added to explicit evidence as pains add up
	pointsRequirement = 28.0
	pointsImplied     = 11.0
	pointsTopic       = 5.5
	pointsMet         = 14.0
	pointsNoEvidence  = 1.5
	painWeightsFull   = 25.0 // sum of pain weights that earns all of pointsPains
	penalty           = 100.0
)

// DefaultWeights is a fresh copy of the weights a profile may override.
func DefaultWeights() map[string]float64 {
	return map[string]float64{
		WeightEvidence: 39, WeightAuthority: 14.6, WeightUrgency: 14.7, WeightSpecificity: 14.7, WeightFit: 17,
		WeightDisqualifier: penalty,
	}
}

// DefaultThresholds is a fresh copy of the least score of each grade; below C is D.
func DefaultThresholds() map[string]int {
	return map[string]int{GradeAPlus: 91, GradeA: 76, GradeB: 59, GradeC: 11}
}

// Score computes the score and grade of checked parts by the profile's weights and thresholds (defaults where it has
// none). Pure: the same parts under the same profile always give the same breakdown. A nil set means all defaults.
func Score(set *profile.Set, parts Parts) Breakdown {
	weights, thresholds := scoring(set)
	defaults := DefaultWeights()
	var out Breakdown
	sum := 0.0
	add := func(part, level string, points, most float64, reason string) {
		w := weights[part]
		scale := w / defaults[part]
		p := round2(points * scale)
		sum += p
		out.Parts = append(out.Parts, PartScore{part, level, w, p, round2(most * scale), reason})
	}
	add(WeightEvidence, evidenceLevel(parts), evidencePoints(set, parts), defaults[WeightEvidence], evidenceReason(set, parts))
	add(WeightAuthority, parts.Authority, perEvidence(parts, authorityPoints(parts.Authority), defaults[WeightAuthority]), defaults[WeightAuthority], authorityReason(parts.Authority))
	add(WeightUrgency, parts.Urgency, perEvidence(parts, urgencyPoints(parts.Urgency), defaults[WeightUrgency]), defaults[WeightUrgency], urgencyReason(parts.Urgency))
	add(WeightSpecificity, strconv.Itoa(parts.Specificity), perEvidence(parts, specificityPoints(parts.Specificity), defaults[WeightSpecificity]), defaults[WeightSpecificity], specificityReason(parts.Specificity))
	add(WeightFit, parts.Fit, fitPoints(parts), defaults[WeightFit], fitReason(parts.Fit))
	if parts.Disqualifier != "" {
		add(WeightDisqualifier, parts.Disqualifier, -penalty, 0, "not a lead: "+parts.Disqualifier)
	}
	out.Score = int(math.Round(min(100, max(0, sum))))
	out.Grade = gradeOf(thresholds, out.Score)
	return out
}

func scoring(set *profile.Set) (map[string]float64, map[string]int) {
	weights, thresholds := DefaultWeights(), DefaultThresholds()
	if set == nil {
		return weights, thresholds
	}
	for k, v := range set.PainPoints.Scoring.Weights {
		if _, known := weights[k]; known {
			weights[k] = v
		}
	}
	for k, v := range set.PainPoints.Scoring.Thresholds {
		if _, known := thresholds[k]; known {
			thresholds[k] = v
		}
	}
	return weights, thresholds
}

func gradeOf(thresholds map[string]int, score int) string {
	for _, g := range Grades()[:4] {
		if score >= thresholds[g] {
			return g
		}
	}
	return GradeD
}

func evidenceLevel(p Parts) string {
	if noEvidence(p) && p.Topic {
		return EvidenceTopic
	}
	return p.Evidence
}

func noEvidence(p Parts) bool { return evidenceRank(p.Evidence) < evidenceRank(EvidenceImplied) }

func evidencePoints(set *profile.Set, p Parts) float64 {
	switch p.Evidence {
	case EvidenceExplicit:
		return pointsExplicit + pointsPains*min(1, painWeights(set, p.Pains)/painWeightsFull)
	case EvidenceRequirement:
		return pointsRequirement
	case EvidenceImplied:
		return pointsImplied
	}
	if p.Topic {
		return pointsTopic
	}
	return 0
}

func painWeights(set *profile.Set, ids []string) float64 {
	if set == nil {
		return 0
	}
	sum := 0
	for _, pain := range set.PainPoints.PainPoints {
		if slices.Contains(ids, pain.ID) {
			sum += pain.Weight
		}
	}
	return float64(sum)
}

// perEvidence shrinks a part when there is no evidence: who asks and when matters only once there is a need.
func perEvidence(p Parts, points, most float64) float64 {
	if noEvidence(p) {
		return points * pointsNoEvidence / most
	}
	return points
}

func authorityPoints(level string) float64 {
	switch level {
	case AuthorityDecisionMaker:
		return pointsMet + 0.6
	case AuthorityInfluencer:
		return 0.6
	}
	return 0
}

func urgencyPoints(level string) float64 {
	switch level {
	case UrgencyHigh:
		return pointsMet + 0.7
	case UrgencyMedium:
		return pointsMet
	case UrgencyLow:
		return 0.7
	}
	return 0
}

func specificityPoints(n int) float64 {
	if n > 5 {
		return pointsMet + 0.7*float64(min(n, 10)-6)/4
	}
	return 0.7 * float64(max(n, 0)) / 5
}

// fitPoints: out costs as much as a disqualifier, whatever the rest says.
func fitPoints(p Parts) float64 {
	switch p.Fit {
	case FitIn:
		if noEvidence(p) {
			return pointsTopic
		}
		return 17
	case FitOut:
		return -penalty
	}
	return 0
}

func round2(x float64) float64 { return math.Round(x*100) / 100 }
