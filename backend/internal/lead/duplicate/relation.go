package duplicate

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/lead/filter"
	"winnow/backend/internal/platform/db"
)

// Relation lets filters ask for leads of which somebody should say, or said, whether they are the same as another:
// twins = open.
func Relation() filter.Relation {
	var words []string
	for _, s := range States() {
		words = append(words, string(s))
	}
	return filter.Relation{Name: "twins", Kind: filter.RelationWord, Words: words, Any: func(_ db.Dialect, states []any) clause.Expression {
		return gorm.Expr("leads.id IN (SELECT lead_a FROM duplicate_pairs WHERE state IN ? UNION ALL SELECT lead_b FROM duplicate_pairs WHERE state IN ?)", states, states)
	}}
}
