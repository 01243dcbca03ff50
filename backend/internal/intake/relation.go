package intake

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/lead/filter"
)

// Relation lets filters name the import that a lead came in with or met a row of: import = ID.
func Relation() filter.Relation {
	return filter.Relation{Name: "import", Kind: filter.RelationOf, Any: func(a filter.Ask) clause.Expression {
		return gorm.Expr("leads.id IN (SELECT lead_id FROM import_rows WHERE lead_id IS NOT NULL AND import_id IN ?)", a.Values)
	}}
}
