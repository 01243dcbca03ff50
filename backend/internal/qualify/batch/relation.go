package batch

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/lead/filter"
)

// Relation lets filters name the batch that a lead was in: batch = ID.
func Relation() filter.Relation {
	return filter.Relation{Name: "batch", Kind: filter.RelationOf, Any: func(a filter.Ask) clause.Expression {
		return gorm.Expr("leads.id IN (SELECT lead_id FROM batch_items WHERE batch_id IN ?)", a.Values)
	}}
}
