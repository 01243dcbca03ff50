package qualify

import (
	"fmt"
	"slices"
	"strings"

	"winnow/backend/internal/profile"
)

func evidenceReason(set *profile.Set, p Parts) string {
	switch p.Evidence {
	case EvidenceExplicit:
		if names := painNames(set, p.Pains); len(names) > 0 {
			return "states a current pain of its own: " + strings.Join(names, ", ")
		}
		return "states a current pain of its own"
	case EvidenceRequirement:
		return "asks for this kind of product"
	case EvidenceImplied:
		return "hints at a need"
	}
	if p.Topic {
		return "on topic, but no need is told"
	}
	return "no sign of a need"
}

func painNames(set *profile.Set, ids []string) []string {
	if set == nil {
		return ids
	}
	var names []string
	for _, pain := range set.PainPoints.PainPoints {
		if slices.Contains(ids, pain.ID) {
			names = append(names, pain.Name)
		}
	}
	return names
}

func authorityReason(level string) string {
	switch level {
	case AuthorityDecisionMaker:
		return "can decide"
	case AuthorityInfluencer:
		return "works with the process, someone else decides"
	case AuthorityNone:
		return "not a buyer"
	}
	return "role not known"
}

func urgencyReason(level string) string {
	switch level {
	case UrgencyHigh:
		return "must act within weeks"
	case UrgencyMedium:
		return "is looking, or has a date months away"
	case UrgencyLow:
		return "tells of it without intent"
	}
	return "no urgency"
}

func specificityReason(n int) string {
	if n > 5 {
		return fmt.Sprintf("concrete: %d of 10", n)
	}
	return fmt.Sprintf("little detail: %d of 10", n)
}

func fitReason(level string) string {
	switch level {
	case FitIn:
		return "matches the audience"
	case FitOut:
		return "outside the audience"
	}
	return "audience match cannot be told"
}
