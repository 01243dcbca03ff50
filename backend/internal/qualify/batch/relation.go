package batch

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/lead/filter"
	"winnow/backend/internal/platform/db"
)

// Relation lets filters name the batch that a lead was in: batch = ID.
func Relation() filter.Relation {
	return filter.Relation{Name: "batch", Kind: filter.RelationOf, Any: func(_ db.Dialect, ids []any) clause.Expression {
		return gorm.Expr("leads.id IN (SELECT lead_id FROM batch_items WHERE batch_id IN ?)", ids)
	}}
}
