package merging

import (
	"time"

	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
)

// State is whether a merge stands.
type State string

// The states.
const (
	Done   State = "done"
	Undone State = "undone"
)

// Merge is one making of one lead out of several.
type Merge struct {
	ID         string `gorm:"primaryKey"`
	SurvivorID string
	Pos        int // place among what happened to the survivor, edits included
	State      State
	Rule       Rule
	Choices    db.JSON[map[string]Choice] // by field; fields that are not here take the survivor's value, else the first merged lead's
	Fields     db.JSON[[]string]          // of the survivor that the merge changed
	RedoOf     *string
	ActorID    *string
	CreatedAt  time.Time `gorm:"autoCreateTime:false"`
	UndoneAt   *time.Time
	UndoneBy   *string
	Undo       db.JSON[[]Given]
	Automatic  bool    // made by the product itself, of a pair that it was sure of
	PairID     *string // that pair
}

// TableName names the table.
func (Merge) TableName() string { return "merges" }

// Item is a lead of a merge as it was just before; the survivor has one too, at place 0.
type Item struct {
	MergeID string `gorm:"primaryKey"`
	LeadID  string `gorm:"primaryKey"`
	Pos     int
	Version int
	Before  db.JSON[Image]
}

// TableName names the table.
func (Item) TableName() string { return "merge_items" }

// Choice says whose value a field takes: that of the first lead of Order that has one, or Value, typed in by hand.
type Choice struct {
	Order []string `json:"order,omitempty"`
	Exact bool     `json:"exact,omitempty"` // the first lead of Order even when it has none: chosen by hand
	Value *string  `json:"value,omitempty"`
	Row   string   `json:"row,omitempty"` // provenance of Value
}

// survivor is what is known of a lead that stands for others.
type survivor struct {
	LeadID  string                     `gorm:"primaryKey"`
	Own     db.JSON[Image]             // what it would hold alone
	Shown   db.JSON[Image]             // what the merges made of it, before later edits
	Sources db.JSON[map[string]string] // field → lead whose own value is shown
	Edits   db.JSON[[]Edit]
}

// TableName names the table.
func (survivor) TableName() string { return "merge_survivors" }

// Edit is a change of a survivor's field that came after a merge, from wherever: people, imports, analyses.
type Edit struct {
	Pos    int      `json:"pos"`
	Field  string   `json:"field"`
	Value  *string  `json:"value"` // nil: emptied, or a custom field taken away
	Base   *string  `json:"base"`  // what the merges showed
	Source string   `json:"source,omitempty"`
	Add    []string `json:"add,omitempty"` // tags only
	Drop   []string `json:"drop,omitempty"`
}

// Given is an edit that undoing a merge gave to leads, with what they held right after.
type Given struct {
	Edit
	After map[string]string `json:"after"`
}

// node is a lead of a tree of merges while it is worked on.
type node struct {
	row      lead.Lead
	img      Image // of row as it was read
	surv     *survivor
	merges   []*Merge // that stand, by Pos
	children map[string][]string
}
