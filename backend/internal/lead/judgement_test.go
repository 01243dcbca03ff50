package lead_test

import (
	"testing"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

func TestJudgementLeavesAPersonsStatusStanding(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		at := time.Date(2026, 3, 4, 5, 6, 7, 8000, time.UTC)
		for _, c := range []struct{ was, want lead.Status }{
			{lead.StatusNew, lead.StatusQualified},
			{lead.StatusDisqualified, lead.StatusQualified},
			{lead.StatusWon, lead.StatusWon},
		} {
			l := put(t, d, lead.Lead{Name: "Ann", Status: c.was})
			err := d.Tx(t.Context(), func(tx *gorm.DB) error {
				return lead.ApplyJudgement(tx, l.ID, lead.Judgement{
					Status: lead.StatusQualified, Grade: "A+", Score: 91, PainID: "late-orders", PainQuote: "always late", Language: "en", At: at,
				})
			})
			if err != nil {
				t.Fatal(err)
			}
			got, err := store(d).Get(system(t), l.ID)
			if err != nil {
				t.Fatal(err)
			}
			if got.Status != c.want || got.Grade != "A+" || got.Score != 91 || !got.AnalyzedAt.Equal(at) || got.Version != 2 || got.Language != "en" {
				t.Errorf("from %s: got %+v", c.was, got)
			}
		}
		err := d.Tx(t.Context(), func(tx *gorm.DB) error {
			return lead.ApplyJudgement(tx, "01890000-0000-7000-8000-000000000000", lead.Judgement{Status: lead.StatusNew, At: at})
		})
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("missing lead: %v", err)
		}
	})
}
