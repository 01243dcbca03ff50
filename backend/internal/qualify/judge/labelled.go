package judge

import (
	"context"
	"fmt"

	"winnow/backend/internal/qualify"
)

// Labelled is an analysis as a person left it: what it says without the claims found wrong.
type Labelled struct {
	Analysis        // without those claims; its levels are derived anew
	Note     string // why
}

// labelledPage bounds how many corrections are held at once.
const labelledPage = 200

// EachLabelled calls do for every corrected analysis that is still its lead's newest, in the order of the corrections' ids.
func (s *Service) EachLabelled(ctx context.Context, do func(Labelled) error) error {
	for last := ""; ; {
		var rows []Correction
		q := s.db.Read.WithContext(ctx).Order("id").Limit(labelledPage)
		if last != "" {
			q = q.Where("id > ?", last)
		}
		if err := q.Find(&rows).Error; err != nil {
			return fmt.Errorf("read corrections: %w", err)
		}
		for _, c := range rows {
			a, newest, err := s.newestOf(ctx, c.AnalysisID)
			if err != nil {
				return err
			}
			if !newest {
				continue
			}
			a = corrected(a, &c)
			p := qualify.Derive(a.Claims.V)
			a.Evidence, a.Urgency, a.Authority, a.Specificity, a.Fit = p.Evidence, p.Urgency, p.Authority, p.Specificity, p.Fit
			if err := do(Labelled{a, c.Note}); err != nil {
				return err
			}
		}
		if len(rows) < labelledPage {
			return nil
		}
		last = rows[len(rows)-1].ID
	}
}

// newestOf is an analysis, and whether it is its lead's newest.
func (s *Service) newestOf(ctx context.Context, analysisID string) (a Analysis, newest bool, err error) {
	read := s.db.Read.WithContext(ctx)
	if err := read.Where("id = ?", analysisID).Take(&a).Error; err != nil {
		return a, false, fmt.Errorf("read corrected analysis: %w", err)
	}
	var latest string
	err = read.Model(&Analysis{}).Where("lead_id = ?", a.LeadID).Order("analyzed_at DESC, id DESC").Limit(1).Pluck("id", &latest).Error
	if err != nil {
		return a, false, fmt.Errorf("find newest analysis: %w", err)
	}
	return a, latest == a.ID, nil
}
