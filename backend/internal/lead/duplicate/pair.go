// Package duplicate keeps the pairs of leads that may be the same, and what people say of them. Who finds the pairs gives
// them in by Record; a verdict stays when a pair is found again.
package duplicate

import (
	"slices"
	"time"

	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
)

// State is what is known of a pair.
type State string

// The states.
const (
	Open      State = "open"      // waits for a person
	Different State = "different" // two leads; stays so
	Merged    State = "merged"    // one lead now
	Skipped   State = "skipped"   // looked at, to be decided later
)

// States lists them.
func States() []State { return []State{Open, Different, Merged, Skipped} }

// Valid reports whether s is one of States.
func (s State) Valid() bool { return slices.Contains(States(), s) }

// Held says why a pair is left to people, however sure; "" when nothing holds it.
type Held string

// What holds a pair.
const (
	HeldNames   Held = "names"   // their names differ outright
	HeldConsent Held = "consent" // one of the two says that it must not be contacted, the other does not
	HeldDoubt   Held = "doubt"   // as they are now, with all that was merged into them, they are not that sure
)

// Weight is what one field says for (above 0) or against a pair being one lead.
type Weight struct {
	Field     string  `json:"field"`
	Agreement string  `json:"agreement"` // same | similar | differs | missing
	Bits      float64 `json:"bits"`      // how strongly: log2 of the odds
}

// Pair is two leads that may be the same.
type Pair struct {
	ID        string `gorm:"primaryKey"`
	LeadA     string // the smaller id
	LeadB     string
	Score     float64 // how likely they are one, 0–1
	Weights   db.JSON[[]Weight]
	Model     string // version of what compared them; "" when a person paired them by undoing a merge
	State     State
	Held      Held
	JudgedBy  *string
	JudgedAt  *time.Time
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt time.Time `gorm:"autoUpdateTime:false"`
	Version   int
}

// TableName names the table.
func (Pair) TableName() string { return "duplicate_pairs" }

// Both is a pair with its leads, and which of them should stay.
type Both struct {
	Pair
	A, B    lead.Lead
	Suggest string // lead that knows more: the survivor, if nobody says otherwise
}

// HeldBy says why a pair is left to people, however sure: "owners" when its leads belong to two, else what holds it.
func (b *Both) HeldBy() string {
	if b.Held == "" && !sameOwner(&b.A, &b.B) {
		return "owners"
	}
	return string(b.Held)
}

// suggest is the lead of which more is known; of equals the older one.
func suggest(a, b *lead.Lead) string {
	if worth(b) > worth(a) || worth(b) == worth(a) && b.CreatedAt.Before(a.CreatedAt) {
		return b.ID
	}
	return a.ID
}

// worth counts what would be missed if a lead were not the one that stays: work done on it first, then what it says.
func worth(l *lead.Lead) int {
	n := 0
	for _, f := range lead.TextFields() {
		if *l.Field(f) != "" {
			n++
		}
	}
	if l.AnalyzedAt != nil {
		n += 20
	}
	if l.Status != lead.StatusNew && l.Status != lead.StatusQualified && l.Status != lead.StatusDisqualified {
		n += 40
	}
	return n + len(l.Custom.V) + len(l.Tags.V)
}
