package lead

import (
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// Child is what hangs on leads in one table of any room. When leads are merged its rows go to the survivor and remember
// their first lead; when the merge is undone they go home. The room that has the table fills the port, app binds it.
type Child interface {
	// Name is the table's name, under which people are told how many rows moved.
	Name() string
	// Move gives the rows that from holds to the lead to, and answers how many. What to has already stays where it is.
	Move(tx *gorm.DB, from, to string) (int64, error)
	// Restore gives those rows of holder whose first lead is among firsts to the lead to, which is one of them.
	Restore(tx *gorm.DB, holder, to string, firsts []string) (int64, error)
}

// Rows is a Child with the columns lead_id and first_lead_id.
type Rows struct {
	Table string
	Once  string         // column of which a lead can have each value once: such rows stay with their lead when both have it
	Skip  map[string]any // rows that stay whatever happens, by column
}

// Name is the table's name.
func (r Rows) Name() string { return r.Table }

// Move implements Child.
func (r Rows) Move(tx *gorm.DB, from, to string) (int64, error) {
	q := tx.Table(r.Table).Where("lead_id = ?", from)
	for column, v := range r.Skip {
		q = q.Where(clause.Neq{Column: clause.Column{Name: column}, Value: v})
	}
	if r.Once != "" {
		table, once := clause.Table{Name: r.Table}, clause.Column{Name: r.Once}
		q = q.Where(clause.Expr{SQL: "? NOT IN (SELECT ? FROM ? WHERE lead_id = ?)", Vars: []any{once, once, table, to}})
	}
	res := q.Updates(map[string]any{"first_lead_id": gorm.Expr("COALESCE(first_lead_id, lead_id)"), "lead_id": to})
	if res.Error != nil {
		return 0, fmt.Errorf("move %s: %w", r.Table, res.Error)
	}
	return res.RowsAffected, nil
}

// Restore implements Child.
func (r Rows) Restore(tx *gorm.DB, holder, to string, firsts []string) (int64, error) {
	res := tx.Table(r.Table).Where("lead_id = ? AND first_lead_id IN ?", holder, firsts).
		Updates(map[string]any{"lead_id": to, "first_lead_id": gorm.Expr("CASE WHEN first_lead_id = ? THEN NULL ELSE first_lead_id END", to)})
	if res.Error != nil {
		return 0, fmt.Errorf("restore %s: %w", r.Table, res.Error)
	}
	return res.RowsAffected, nil
}

// Children are the tables of this room that hang on leads.
func Children() []Child {
	return []Child{
		Rows{Table: "lead_identities"}, Rows{Table: "lead_sightings"}, Rows{Table: "field_provenance"}, Rows{Table: "lead_change_items", Once: "change_id"},
	}
}
