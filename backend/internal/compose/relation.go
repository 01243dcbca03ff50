package compose

import (
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/lead/filter"
)

// Relation lets filters ask when a message was drafted for a lead: drafted > -14d, drafted empty.
func Relation() filter.Relation {
	return filter.Relation{Name: "drafted", Kind: filter.RelationTime, Since: func(at time.Time) clause.Expression {
		return gorm.Expr("leads.id IN (SELECT lead_id FROM messages WHERE created_at >= ?)", at)
	}}
}
