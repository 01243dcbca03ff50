package judge

import (
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/lead"
)

// Children are the tables of this room that hang on leads.
func Children() []lead.Child { return []lead.Child{lead.Rows{Table: "analyses"}} }

// FirstLead is the lead of which the newest analysis of a lead was made, itself or one that was merged into it; "" when it
// was never analysed.
func FirstLead(tx *gorm.DB, leadID string) (string, error) {
	var found []string
	err := tx.Table("analyses").Where("lead_id = ?", leadID).Order("analyzed_at DESC, id DESC").Limit(1).Pluck("COALESCE(first_lead_id, lead_id)", &found).Error
	if err != nil {
		return "", fmt.Errorf("read newest analysis: %w", err)
	}
	if len(found) == 0 {
		return "", nil
	}
	return found[0], nil
}

// hold locks the leads of verdicts that are about to be stored, and answers those that were merged into others while they
// were judged, with the leads that stand for them now.
func hold(tx *gorm.DB, vs []Verdict) (map[string]lead.Lead, error) {
	ids := make([]string, len(vs))
	for i, v := range vs {
		ids[i] = v.LeadID
	}
	return lead.Hold(tx, ids...)
}
