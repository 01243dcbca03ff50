package ai

import (
	"time"
)

// budgetRow is a budget of one period or batch. LimitMicros is used by batches only; days and months take the ceiling
// of limitRow, so that a change counts at once.
type budgetRow struct {
	Scope          string `gorm:"primaryKey"`
	Key            string `gorm:"primaryKey"`
	LimitMicros    *int64
	SpentMicros    int64
	ReservedMicros int64
	WarnedAt       *time.Time
	UpdatedAt      time.Time
}

// TableName is the table of budgets.
func (budgetRow) TableName() string { return "budgets" }

type limitRow struct {
	Scope       string `gorm:"primaryKey"`
	LimitMicros *int64
	UpdatedBy   *string
	UpdatedAt   time.Time
}

// TableName is the table of ceilings.
func (limitRow) TableName() string { return "budget_limits" }

type entryRow struct {
	ID           string
	CallID       string
	Kind         string
	Purpose      string
	BatchID      *string
	LeadID       *string
	AmountMicros int64
	Currency     string
	Day          string
	Month        string
	At           time.Time
}

// TableName is the table of the ledger.
func (entryRow) TableName() string { return "ledger_entries" }

// Kinds of ledger entries and states of calls.
const (
	kindReserve = "reserve"
	kindSettle  = "settle"
	kindRelease = "release"

	stateReserved = "reserved"
	stateDone     = "done"
	stateFailed   = "failed"
	stateUnknown  = "unknown"
)

type callRow struct {
	ID             string
	Purpose        string
	LeadID         *string
	BatchID        *string
	Provider       string
	Model          string
	PromptVersion  string
	State          string
	ReservedMicros int64
	CostMicros     int64
	TokensIn       int
	TokensOut      int
	LatencyMs      int64
	Attempt        int
	Outcome        string
	Error          string
	StartedAt      time.Time
	FinishedAt     *time.Time
	LeaseUntil     *time.Time
}

// TableName is the table of the call log.
func (callRow) TableName() string { return "ai_calls" }

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
