package lead

import (
	"fmt"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
)

// Judgement is what the newest analysis says about a lead.
type Judgement struct {
	Status    Status // StatusQualified or StatusDisqualified; StatusNew for neither
	Grade     string // one of Grades
	Score     int    // 0–100
	PainID    string // top pain point, "" = none
	PainQuote string // the lead's own words for it
	Language  string // "" leaves the lead's language as it is
	At        time.Time
}

// followsAnalysis are the statuses that a new analysis may replace; the rest were set by people and stand.
func followsAnalysis() []Status { return []Status{StatusNew, StatusQualified, StatusDisqualified} }

// ApplyJudgement writes an analysis's outcome into its lead, within the transaction that stores the analysis. A status
// that a person has set (contacted, won, archived …) stays. Fault: NotFound when the lead is gone or deleted.
func ApplyJudgement(tx *gorm.DB, leadID string, j Judgement) error {
	set := map[string]any{
		"status":           gorm.Expr("CASE WHEN status IN ? THEN ? ELSE status END", followsAnalysis(), j.Status),
		"grade":            j.Grade,
		"score":            j.Score,
		"pain_id":          j.PainID,
		"pain_quote":       j.PainQuote,
		"analyzed_at":      j.At,
		"last_activity_at": j.At,
		"updated_at":       j.At,
		"version":          gorm.Expr("version + 1"),
	}
	if j.Language != "" {
		set["language"] = j.Language
	}
	res := tx.Model(&Lead{}).Where("id = ?", leadID).Updates(set)
	if res.Error != nil {
		return fmt.Errorf("apply judgement: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return notFound()
	}
	return nil
}

// ApplyToMerged writes an analysis's outcome into a lead that was merged into another, so that it is right when the merge
// is undone.
func ApplyToMerged(tx *gorm.DB, leadID string, j Judgement) error {
	set := map[string]any{"grade": j.Grade, "score": j.Score, "pain_id": j.PainID, "pain_quote": j.PainQuote, "analyzed_at": j.At, "version": gorm.Expr("version + 1")}
	if err := tx.Unscoped().Model(&Lead{}).Where("id = ? AND merged_into IS NOT NULL", leadID).UpdateColumns(set).Error; err != nil {
		return fmt.Errorf("apply judgement to a merged lead: %w", err)
	}
	return nil
}

// notFound is the one answer for a lead that is missing, deleted or not the viewer's to see.
func notFound() error {
	return fault.New(fault.NotFound, "lead_not_found", "There is no such lead, or it belongs to somebody else. Go back to the list and reload it.")
}
