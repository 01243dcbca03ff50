package intake

import (
	"strings"

	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
)

// importChange is what a row of an import gave to a lead that was there before: what undoes it.
type importChange struct {
	ImportID string `gorm:"primaryKey"`
	RowNo    int    `gorm:"primaryKey;autoIncrement:false"`
	LeadID   string
	Change   db.JSON[rowChange]
}

// TableName names the table.
func (importChange) TableName() string { return "import_changes" }

// rowChange holds the fields that a row changed, the keys that the lead gained, and whether it came back from the bin.
type rowChange struct {
	Fields   []fieldChange `json:"fields,omitempty"`
	Keys     []lead.Key    `json:"keys,omitempty"`
	Restored bool          `json:"restored,omitempty"`
}

// fieldChange is a field before and after, as text; of tags, After lists those that were added.
type fieldChange struct {
	Field  string `json:"field"`
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

// remember keeps what a row of a file changes in a lead that this chunk did not make.
func (r *resolver) remember(c *Candidate, l *lead.Lead, m match, values []value) {
	if r.origin.ImportID == nil || c.Row == 0 || r.plan.fresh[l.ID] {
		return
	}
	ch := rowChange{Restored: m.deleted}
	for _, v := range values {
		if v.filled {
			ch.Fields = append(ch.Fields, fieldChange{v.field, v.before, v.text})
		}
	}
	for _, k := range m.free {
		ch.Keys = append(ch.Keys, lead.Key{Kind: k.Kind, Value: k.Value})
	}
	r.plan.changes = append(r.plan.changes, importChange{*r.origin.ImportID, c.Row, l.ID, db.NewJSON(ch)})
}

// place is a lead and, when a row is about a lead that was merged into it, that one; what other merged leads say of a
// field stays as it is.
type place struct{ lead, home string }

// retire marks what an overwriting row replaces as history.
func (r *resolver) retire(l *lead.Lead, home *string, values []value) {
	at := place{lead: l.ID}
	if home != nil {
		at.home = *home
	}
	for _, v := range values {
		if v.filled && v.before != "" && !r.plan.fresh[l.ID] {
			r.plan.retired[at] = append(r.plan.retired[at], v.field)
		}
	}
}

// tagsOf takes a list of tags apart as mergeTags wrote it.
func tagsOf(list string) []string { return strings.Split(list, ", ") }
