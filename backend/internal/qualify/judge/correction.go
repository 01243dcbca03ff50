package judge

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/account"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify"
)

// The events of corrections.
const (
	EventCorrected   = "lead.corrected"
	EventUncorrected = "lead.uncorrected"
)

// maxNote is the most of a correction's note, in code points.
const maxNote = 1000

// Correction is what a person found wrong in an analysis; at most one an analysis. The analysis itself stays as it was.
type Correction struct {
	ID         string
	AnalysisID string
	ClaimsOff  db.JSON[[]string] // claim keys
	Note       string
	Score      int // without those claims, under the profile in force when it was made
	Grade      string
	Breakdown  db.JSON[qualify.Breakdown]
	ActorID    *string
	At         time.Time
}

// TableName is analysis_corrections.
func (Correction) TableName() string { return "analysis_corrections" }

// Correct keeps which claims of an analysis are wrong. The lead's grade follows when the analysis is its newest.
// Faults: NotFound, Forbidden, Invalid for a claim that the analysis does not have, an empty list or a long note.
func (s *Service) Correct(ctx context.Context, leadID, analysisID string, off []string, note string) (Correction, error) {
	note = strings.TrimSpace(note)
	a, l, set, err := s.toCorrect(ctx, leadID, analysisID)
	if err != nil {
		return Correction{}, err
	}
	if err := checkCorrection(a, off, note); err != nil {
		return Correction{}, err
	}
	c := correct(set, a, off)
	c.ID, c.Note, c.At = id.New(), note, s.clock.Now()
	if v, ok := account.From(ctx); ok && v.UserID != "" {
		c.ActorID = &v.UserID
	}
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := put(tx, c); err != nil {
			return err
		}
		return s.follow(tx, set, a, l, &c, EventCorrected)
	})
	return c, err
}

// Uncorrect takes a correction back. Faults: NotFound, Forbidden.
func (s *Service) Uncorrect(ctx context.Context, leadID, analysisID string) error {
	a, l, set, err := s.toCorrect(ctx, leadID, analysisID)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		res := tx.Where("analysis_id = ?", a.ID).Delete(&Correction{})
		if res.Error != nil {
			return fmt.Errorf("delete correction: %w", res.Error)
		}
		if res.RowsAffected == 0 {
			return fault.New(fault.NotFound, "correction_not_found", "This analysis has no correction. Reload the lead.")
		}
		return s.follow(tx, set, a, l, nil, EventUncorrected)
	})
}

// toCorrect reads what a correction is about, and checks the right to make one.
func (s *Service) toCorrect(ctx context.Context, leadID, analysisID string) (a Analysis, l *lead.Lead, set *profile.Set, err error) {
	if !account.CanWrite(ctx) {
		return a, nil, nil, fault.New(fault.Forbidden, "lead_read_only", "Your role can look at analyses but not correct them. Ask an administrator for the role “user”.")
	}
	if l, err = s.leads.Get(ctx, leadID); err != nil {
		return a, nil, nil, err
	}
	if a, err = s.byID(ctx, leadID, analysisID); err != nil {
		return a, nil, nil, err
	}
	set, err = s.profiles.Current(ctx)
	return a, l, set, err
}

func checkCorrection(a Analysis, off []string, note string) error {
	var bad []fault.Field
	if len(off) == 0 {
		bad = append(bad, fault.Field{Name: "off", Code: "required", Message: "Name at least one claim that is wrong, or take the correction back."})
	}
	if len([]rune(note)) > maxNote {
		bad = append(bad, fault.Field{Name: "note", Code: "too_long", Message: fmt.Sprintf("Shorten the note to %d characters.", maxNote)})
	}
	if len(bad) > 0 {
		return fault.InvalidFields("correction_invalid", "The correction cannot be kept like this.", bad...)
	}
	_, err := switchedOff(a, off)
	return err
}

// switchedOff is off as a set. Fault: Invalid for a claim that the analysis does not have.
func switchedOff(a Analysis, off []string) (map[string]bool, error) {
	dropped := map[string]bool{}
	for _, key := range off {
		if !slices.ContainsFunc(a.Claims.V, func(c qualify.Claim) bool { return c.Key == key }) {
			return nil, fault.InvalidFields("claim_unknown", "The analysis has no such claim.",
				fault.Field{Name: "off", Code: "unknown", Message: fmt.Sprintf("There is no claim %q in this analysis; reload the lead.", key)})
		}
		dropped[key] = true
	}
	return dropped, nil
}

// correct scores an analysis without some of its claims, which it has.
func correct(set *profile.Set, a Analysis, off []string) Correction {
	off = slices.Compact(slices.Sorted(slices.Values(off)))
	dropped := map[string]bool{}
	for _, key := range off {
		dropped[key] = true
	}
	_, b := qualify.Recompute(set, a.Claims.V, dropped)
	return Correction{AnalysisID: a.ID, ClaimsOff: db.NewJSON(off), Score: b.Score, Grade: b.Grade, Breakdown: db.NewJSON(b)}
}

func put(tx *gorm.DB, c Correction) error {
	err := tx.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "analysis_id"}},
		DoUpdates: clause.AssignmentColumns([]string{"claims_off", "note", "score", "grade", "breakdown", "actor_id", "at"}),
	}).Create(&c).Error
	if err != nil {
		return fmt.Errorf("store correction: %w", err)
	}
	return nil
}

// follow makes the lead say what its newest analysis says, corrected or not, and appends the event.
func (s *Service) follow(tx *gorm.DB, set *profile.Set, a Analysis, l *lead.Lead, c *Correction, typ string) error {
	var newest string
	err := tx.Model(&Analysis{}).Where("lead_id = ?", a.LeadID).Order("analyzed_at DESC, id DESC").Limit(1).Pluck("id", &newest).Error
	if err != nil {
		return fmt.Errorf("find newest analysis: %w", err)
	}
	seen := corrected(a, c)
	if newest == a.ID {
		if err := lead.ApplyJudgement(tx, a.LeadID, judgementOf(set, seen, s.clock.Now())); err != nil {
			return err
		}
	}
	return s.events.Append(tx, event.Event{
		Type: typ, SubjectKind: "lead", SubjectID: a.LeadID, OwnerID: l.OwnerID,
		Data: map[string]any{"analysis_id": a.ID, "grade": seen.Grade, "score": seen.Score},
	})
}

// corrected is an analysis as it reads without the claims of a correction; nil leaves it as it is.
func corrected(a Analysis, c *Correction) Analysis {
	if c == nil {
		return a
	}
	dropped := map[string]bool{}
	for _, key := range c.ClaimsOff.V {
		dropped[key] = true
	}
	kept := slices.DeleteFunc(slices.Clone(a.Claims.V), func(k qualify.Claim) bool { return dropped[k.Key] })
	a.Claims, a.Disqualifier, a.Score, a.Grade = db.NewJSON(kept), qualify.Derive(kept).Disqualifier, c.Score, c.Grade
	return a
}

// Corrections are the corrections of a lead's analyses by analysis. The caller has checked that the lead may be seen.
func (s *Service) Corrections(ctx context.Context, leadID string) (map[string]Correction, error) {
	var rows []Correction
	err := s.db.Read.WithContext(ctx).Where("analysis_id IN (SELECT id FROM analyses WHERE lead_id = ?)", leadID).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read corrections: %w", err)
	}
	out := make(map[string]Correction, len(rows))
	for _, r := range rows {
		out[r.AnalysisID] = r
	}
	return out, nil
}
