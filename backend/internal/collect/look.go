package collect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
)

// trialFinds is how many finds a test of a source shows; trialSteps how far it goes for them.
const (
	trialFinds = 5
	trialSteps = 3
)

// Trial is what a test of a source brought. Nothing of it is stored.
type Trial struct {
	Finds []Find
	Notes []Counted
	Pages int64
	Cost  int64
}

// Try tests a source, or, with an id, one that exists with the settings of d (masked secrets are its own). Faults:
// Forbidden; Invalid with every bad field; those of the place.
func (s *Service) Try(ctx context.Context, sourceID string, d Draft) (*Trial, error) {
	if err := mayManage(ctx); err != nil {
		return nil, err
	}
	src := &Source{ID: "trial", Kind: d.Kind}
	if sourceID != "" {
		var err error
		if src, err = s.Get(ctx, sourceID); err != nil {
			return nil, err
		}
	}
	c, err := s.kind(src.Kind)
	if err != nil {
		return nil, err
	}
	if k := c.Kind(); k.Notice != "" && src.AgreedAt == nil && !d.Agree {
		return nil, fault.InvalidFields("notice_open", "Read and agree to the notice first.", fault.Field{Name: "agree", Code: "notice_open", Message: k.Notice})
	}
	if err := check(c.Kind(), d.Config); err != nil {
		return nil, err
	}
	if src.Config.V, err = s.sealConfig(c.Kind(), src.ID, d.Config, src.Config.V); err != nil {
		return nil, err
	}
	config, err := s.openConfig(c.Kind(), src)
	if err != nil {
		return nil, err
	}
	out := &Trial{}
	cursor := json.RawMessage("null")
	for range trialSteps {
		st, err := c.Step(ctx, Call{SourceID: src.ID, Config: config, Cursor: cursor, Kept: json.RawMessage("null"), Now: s.clock.Now(), Trial: true})
		if err != nil {
			return nil, err
		}
		out.Pages, out.Cost = out.Pages+st.Pages, out.Cost+st.Cost
		for _, n := range st.Notes {
			out.Notes = count(out.Notes, n)
		}
		out.Finds = append(out.Finds, st.Finds[:min(len(st.Finds), trialFinds-len(out.Finds))]...)
		if cursor = orNull(st.Cursor); st.Done || st.Wait > 0 || len(out.Finds) >= trialFinds {
			break
		}
	}
	return out, nil
}

// maxRuns bounds a list of runs.
const maxRuns = 100

// Runs are the last runs of a source, the newest first. Fault: NotFound.
func (s *Service) Runs(ctx context.Context, sourceID string) ([]Run, error) {
	if _, err := s.Get(ctx, sourceID); err != nil {
		return nil, err
	}
	var rows []Run
	if err := s.db.Read.WithContext(ctx).Where("source_id = ?", sourceID).Order("created_at DESC, id DESC").Limit(maxRuns).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read runs: %w", err)
	}
	return rows, nil
}

// Run is one run. Fault: NotFound.
func (s *Service) Run(ctx context.Context, runID string) (*Run, error) {
	var run Run
	err := s.db.Read.WithContext(ctx).Take(&run, "id = ?", runID).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, fault.New(fault.NotFound, "run_unknown", "There is no such run.")
	}
	if err != nil {
		return nil, fmt.Errorf("read the run: %w", err)
	}
	return &run, nil
}

// Stop ends a run; what it brought stays. Faults: Forbidden, NotFound; Conflict when it is over.
func (s *Service) Stop(ctx context.Context, runID string) (*Run, error) {
	if err := mayManage(ctx); err != nil {
		return nil, err
	}
	run, err := s.Run(ctx, runID)
	if err != nil {
		return nil, err
	}
	now := s.clock.Now()
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		res := tx.Model(&Run{}).Where("id = ? AND status IN ?", runID, []Status{Queued, Running}).
			Updates(map[string]any{"status": Stopped, "finished_at": now, "lease_until": nil, "version": gorm.Expr("version + 1")})
		if res.Error != nil {
			return fmt.Errorf("stop the run: %w", res.Error)
		}
		if res.RowsAffected == 0 {
			return fault.New(fault.Conflict, "run_over", "This run is over.")
		}
		run.Status, run.FinishedAt = Stopped, &now
		return s.tellRun(tx, run)
	})
	return run, err
}
