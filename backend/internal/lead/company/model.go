package company

import (
	"time"

	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/duplicate"
	"winnow/backend/internal/platform/db"
)

// Pair is two companies that may be the same.
type Pair struct {
	ID        string `gorm:"primaryKey"`
	CompanyA  string // the smaller id
	CompanyB  string
	Score     float64 // how likely they are one, 0–1
	Weights   db.JSON[[]duplicate.Weight]
	Model     string // version of what compared them; "" when a person paired them by undoing a merge
	Held      bool   // their names have nothing in common: only a person may say that they are one
	State     duplicate.State
	JudgedBy  *string
	JudgedAt  *time.Time
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt time.Time `gorm:"autoUpdateTime:false"`
	Version   int
}

// TableName names the table.
func (Pair) TableName() string { return "company_pairs" }

// Found is two companies that may be the same, in any order.
type Found struct {
	A, B    string
	Score   float64
	Weights []duplicate.Weight
	Model   string
	Held    bool
}

// Firm is a company and how many live leads belong to it.
type Firm struct {
	lead.Company
	Leads int
}

// Both is a pair with its companies, and which of them should stay.
type Both struct {
	Pair
	A, B    Firm
	Suggest string
}

// suggest is the company with more leads; of equals the older one.
func suggest(a, b *Firm) string {
	if b.Leads > a.Leads || b.Leads == a.Leads && b.CreatedAt.Before(a.CreatedAt) {
		return b.ID
	}
	return a.ID
}

// MergeState is whether a merge stands.
type MergeState string

// The states.
const (
	Done   MergeState = "done"
	Undone MergeState = "undone"
)

// Merge is one company that went into another.
type Merge struct {
	ID         string `gorm:"primaryKey"`
	SurvivorID string
	MergedID   string
	State      MergeState
	Automatic  bool // made by the product itself
	PairID     *string
	Leads      int // that went along
	ActorID    *string
	CreatedAt  time.Time `gorm:"autoCreateTime:false"`
	UndoneAt   *time.Time
	UndoneBy   *string
}

// TableName names the table.
func (Merge) TableName() string { return "company_merges" }

// moved is a lead that went along with a merge.
type moved struct {
	MergeID string
	LeadID  string
}

// TableName names the table.
func (moved) TableName() string { return "company_merge_leads" }
