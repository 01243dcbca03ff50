package qualify

import (
	"slices"

	"winnow/backend/internal/profile"
)

// Derive reads the parts off claims alone: a part without a supporting claim is at its floor (evidence none,
// authority unknown, urgency none, specificity 0, fit unclear, not disqualified).
func Derive(claims []Claim) Parts {
	p := Parts{Evidence: EvidenceNone, Authority: AuthorityUnknown, Urgency: UrgencyNone, Fit: FitUnclear}
	kinds := map[string]int{}
	for _, c := range claims {
		switch c.Part {
		case PartPain:
			p.Pains = appendNew(p.Pains, c.ID)
			p.raiseEvidence(c.Value)
		case PartEvidence:
			p.raiseEvidence(c.Value)
		case PartAuthority:
			if authorityRank(c.Value) > authorityRank(p.Authority) {
				p.Authority = c.Value
			}
		case PartUrgency:
			if urgencyRank(c.Value) > urgencyRank(p.Urgency) {
				p.Urgency = c.Value
			}
		case PartSpecificity:
			kinds[c.ID] = max(kinds[c.ID], specificValue(c))
		case PartFit:
			if c.Value == FitOut || p.Fit != FitOut {
				p.Fit = c.Value
			}
		case PartDisqualifier:
			if p.Disqualifier == "" {
				p.Disqualifier = c.ID
			}
		}
	}
	for _, n := range kinds {
		p.Specificity += n
	}
	p.Specificity = min(p.Specificity, 10)
	return p
}

func (p *Parts) raiseEvidence(level string) {
	if evidenceRank(level) == 0 {
		return
	}
	p.Topic = true
	if level != EvidenceTopic && evidenceRank(level) > evidenceRank(p.Evidence) {
		p.Evidence = level
	}
}

// specificValue is what a specificity claim is worth: 2 when precise, 1 when vague, 0 when the judge took it back.
func specificValue(c Claim) int {
	switch c.Value {
	case "0":
		return 0
	case "1":
		return 1
	}
	return 2
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// Recompute scores the claims that are not switched off (off: claim keys). With nothing off it gives exactly the
// stored score of the analysis the claims came from.
func Recompute(set *profile.Set, claims []Claim, off map[string]bool) (Parts, Breakdown) {
	kept := make([]Claim, 0, len(claims))
	for _, c := range claims {
		if !off[c.Key] {
			kept = append(kept, c)
		}
	}
	parts := Derive(kept)
	return parts, Score(set, parts)
}
