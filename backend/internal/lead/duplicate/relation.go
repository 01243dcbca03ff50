package duplicate

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/lead/filter"
)

// Relation lets filters ask for leads of which somebody should say, or said, whether they are the same as another that the
// viewer sees too: twins = open.
func Relation() filter.Relation {
	var words []string
	for _, s := range States() {
		words = append(words, string(s))
	}
	return filter.Relation{Name: "twins", Kind: filter.RelationWord, Words: words, Any: paired}
}

func paired(a filter.Ask) clause.Expression {
	switch {
	case a.All:
		return gorm.Expr("leads.id IN (SELECT lead_a FROM duplicate_pairs WHERE state IN ? UNION ALL SELECT lead_b FROM duplicate_pairs WHERE state IN ?)", a.Values, a.Values)
	case a.UserID == "":
		return gorm.Expr("1 = 0")
	}
	return gorm.Expr("leads.id IN (SELECT p.lead_a FROM duplicate_pairs p JOIN leads o ON o.id = p.lead_b WHERE p.state IN ? AND (o.owner_id IS NULL OR o.owner_id = ?)"+
		" UNION ALL SELECT p.lead_b FROM duplicate_pairs p JOIN leads o ON o.id = p.lead_a WHERE p.state IN ? AND (o.owner_id IS NULL OR o.owner_id = ?))",
		a.Values, a.UserID, a.Values, a.UserID)
}
