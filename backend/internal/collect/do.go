package collect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/riverqueue/river"
	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/platform/db"
)

const (
	lease    = time.Minute
	shortest = 5 * time.Second // waits up to here are slept through; longer ones give the job's place to another run
	maxRaw   = 1 << 20         // bytes of an answer that are kept
	maxRaws  = 100             // kept answers of a run
	maxTries = 4               // of one step
)

// errTaken ends a run's job whose run is somebody else's now, or was stopped.
var errTaken = errors.New("the run is somebody else's now")

// Do works a run from where it stands to its end, or until it has to rest. A step's finds, counts and cursor are stored
// together. It answers River's snooze when the run must rest; other faults only when the database fails or ctx ends.
func (s *Service) Do(ctx context.Context, runID string) error {
	run, src, err := s.claim(ctx, runID)
	if err != nil || run == nil {
		return err
	}
	stop := s.beat(ctx, run.ID)
	rest, err := s.work(ctx, run, src)
	stop()
	if errors.Is(err, errTaken) {
		return nil
	}
	if run.Status == Running {
		if e := s.letGo(context.WithoutCancel(ctx), run); e != nil && !errors.Is(e, errTaken) {
			err = errors.Join(err, e)
		}
	}
	if err == nil && rest > 0 {
		return river.JobSnooze(rest)
	}
	return err
}

// claim takes a run that nobody works on; nil: there is nothing to do.
func (s *Service) claim(ctx context.Context, runID string) (*Run, *Source, error) {
	var run Run
	var src Source
	mine := false
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		mine = false
		if err := tx.Take(&run, "id = ?", runID).Error; err != nil {
			if errors.Is(err, gorm.ErrRecordNotFound) {
				return nil
			}
			return fmt.Errorf("read the run: %w", err)
		}
		now := s.clock.Now()
		if run.Status != Queued && run.Status != Running || run.Status == Running && run.LeaseUntil != nil && run.LeaseUntil.After(now) {
			return nil
		}
		if err := tx.Unscoped().Take(&src, "id = ?", run.SourceID).Error; err != nil {
			return fmt.Errorf("read the run's source: %w", err)
		}
		if run.Status == Queued {
			run.Status, run.StartedAt = Running, &now
		}
		mine = true
		return s.saveRun(tx, &run)
	})
	if err != nil || !mine {
		if errors.Is(err, errTaken) {
			err = nil
		}
		return nil, nil, err
	}
	return &run, &src, nil
}

// saveRun writes the run with a fresh lease, unless somebody took it over.
func (s *Service) saveRun(tx *gorm.DB, run *Run) error {
	was := run.Version
	run.Version++
	until := s.clock.Now().Add(lease)
	if run.LeaseUntil = &until; run.Status != Running {
		run.LeaseUntil = nil
	}
	res := tx.Model(&Run{}).Where("id = ? AND version = ?", run.ID, was).Select("*").Omit("id", "created_at", "source_id", "started_by", "actor_id").Updates(run)
	if res.Error != nil {
		return fmt.Errorf("store the run: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return errTaken
	}
	return nil
}

// letGo ends the lease, so that the next try need not wait for it.
func (s *Service) letGo(ctx context.Context, run *Run) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Model(&Run{}).Where("id = ? AND version = ?", run.ID, run.Version).Update("lease_until", nil).Error
	})
}

// beat renews the lease while a step is on its way; call what it answers when that is over.
func (s *Service) beat(ctx context.Context, runID string) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		t := time.NewTicker(lease / 3)
		defer t.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-t.C:
				_ = s.db.Tx(ctx, func(tx *gorm.DB) error { // a missed beat is made good by the next
					return tx.Model(&Run{}).Where("id = ? AND status = ? AND lease_until IS NOT NULL", runID, Running).Update("lease_until", s.clock.Now().Add(lease)).Error
				})
			}
		}
	}()
	return func() { cancel(); <-done }
}

// work does steps until the run is over, must rest, or ctx ends.
func (s *Service) work(ctx context.Context, run *Run, src *Source) (rest time.Duration, err error) {
	c, err := s.kind(src.Kind)
	if err != nil {
		return 0, s.fail(ctx, run, src, err)
	}
	config, err := s.openConfig(c.Kind(), src)
	if err != nil {
		return 0, s.fail(ctx, run, src, err)
	}
	for run.Status == Running {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		st, err := c.Step(ctx, Call{SourceID: src.ID, Config: config, Cursor: run.Cursor.V, Kept: src.Kept.V, Now: s.clock.Now()})
		if err != nil {
			if ctx.Err() != nil {
				return 0, ctx.Err()
			}
			return s.trouble(ctx, run, src, err)
		}
		if err := s.take(ctx, run, src, c.Kind(), st); err != nil {
			return 0, err
		}
		if run.Status != Running || st.Wait <= 0 {
			continue
		}
		if st.Wait > shortest {
			return st.Wait, nil
		}
		select {
		case <-ctx.Done():
		case <-time.After(st.Wait):
		}
	}
	return 0, nil
}

// take stores what a step brought, all of it or nothing.
func (s *Service) take(ctx context.Context, run *Run, src *Source, k Kind, st Step) error {
	finds := make([]intake.Find, len(st.Finds))
	for i, f := range st.Finds {
		finds[i] = intake.Find{Fields: fieldsOf(f), Key: f.Key}
	}
	was, wasSrc := *run, *src
	_, err := s.door.AcceptFinds(ctx, finds, intake.FindOrigin{Source: k.Name, RunID: run.ID, OwnerID: src.OwnerID, Tags: src.Tags.V}, func(tx *gorm.DB, outs []intake.Outcome) error {
		*run, *src = was, wasSrc // it may be the second try
		tally(run, st, outs)
		if err := s.keepRaw(tx, run, st.Raw); err != nil {
			return err
		}
		if over, note := s.over(run, src.Caps.V.filled()); st.Done || over {
			if !st.Done {
				run.Notes.V = count(run.Notes.V, note)
			}
			if err := s.finish(tx, run, src, st); err != nil {
				return err
			}
		}
		if err := s.saveRun(tx, run); err != nil {
			return err
		}
		return s.tellRun(tx, run)
	})
	if err != nil {
		*run, *src = was, wasSrc
	}
	return err
}

// fieldsOf are a find's fields with what else it tells.
func fieldsOf(f Find) map[string]string {
	out := make(map[string]string, len(f.Fields)+2)
	maps.Copy(out, f.Fields)
	if _, ok := out["url"]; !ok && f.URL != "" {
		out["url"] = f.URL
	}
	if _, ok := out["posted_at"]; !ok && !f.At.IsZero() {
		out["posted_at"] = f.At.UTC().Format(time.RFC3339)
	}
	return out
}

// tally adds a step to the run's counts.
func tally(run *Run, st Step, outs []intake.Outcome) {
	run.Steps++
	run.Tries = 0
	run.Cursor = db.NewJSON(orNull(st.Cursor))
	run.Pages, run.Bytes, run.Cost = run.Pages+st.Pages, run.Bytes+st.Bytes, run.Cost+st.Cost
	run.Changed = run.Changed || st.Changed
	notes, reasons := append([]Counted{}, run.Notes.V...), append([]Counted{}, run.Reasons.V...)
	for _, n := range st.Notes {
		notes = count(notes, n)
	}
	for i, o := range outs {
		run.Found++
		switch o.Fate {
		case intake.Created:
			run.Created++
		case intake.Updated:
			run.Updated++
		case intake.Unchanged, intake.Duplicate:
			run.Known++
		case intake.Rejected:
			run.Rejected++
			if o.Reject != nil {
				reasons = count(reasons, Note{Code: o.Reject.Code, URL: st.Finds[i].URL, Message: o.Reject.Message})
			}
		}
	}
	run.Notes, run.Reasons = db.NewJSON(notes), db.NewJSON(reasons)
}

func orNull(b json.RawMessage) json.RawMessage {
	if len(b) == 0 {
		return json.RawMessage("null")
	}
	return b
}

// over reports whether a bound of the run is reached.
func (s *Service) over(run *Run, c Caps) (bool, Note) {
	switch {
	case run.Found >= c.Finds:
		return true, Note{Code: "cap_finds", Message: fmt.Sprintf("Stopped at %d finds, as set.", c.Finds)}
	case run.Pages >= c.Pages:
		return true, Note{Code: "cap_pages", Message: fmt.Sprintf("Stopped at %d pages, as set.", c.Pages)}
	case c.Cost > 0 && run.Cost >= c.Cost:
		return true, Note{Code: "cap_cost", Message: "Stopped at the cost that was set for a run."}
	case run.StartedAt != nil && s.clock.Now().Sub(*run.StartedAt) >= time.Duration(c.Minutes)*time.Minute:
		return true, Note{Code: "cap_time", Message: fmt.Sprintf("Stopped after %d minutes, as set.", c.Minutes)}
	}
	return false, Note{}
}

// keepRaw keeps answers that could not be read, up to a number and size.
func (s *Service) keepRaw(tx *gorm.DB, run *Run, raws []Raw) error {
	if len(raws) == 0 {
		return nil
	}
	var have int64
	if err := tx.Model(&rawRow{}).Where("run_id = ?", run.ID).Count(&have).Error; err != nil {
		return fmt.Errorf("count kept answers: %w", err)
	}
	for _, r := range raws {
		if have++; have > maxRaws {
			return nil
		}
		body := r.Body
		if len(body) > maxRaw {
			body = body[:maxRaw]
		}
		row := rawRow{ID: id.New(), RunID: run.ID, URL: r.URL, MediaType: r.Type, Body: body, Reason: r.Reason, CreatedAt: s.clock.Now()}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("keep an answer: %w", err)
		}
	}
	return nil
}

// trouble decides what a failed step means: rest and try again, or the end of the run.
func (s *Service) trouble(ctx context.Context, run *Run, src *Source, cause error) (rest time.Duration, err error) {
	kind := fault.KindOf(cause)
	run.Tries++
	if kind == fault.Invalid || kind == fault.Forbidden || kind == fault.Unauthenticated || kind == fault.BudgetExceeded || run.Tries >= maxTries {
		return 0, s.fail(ctx, run, src, cause)
	}
	rest = 30 * time.Second << (2 * (run.Tries - 1)) // 30 s, 2 min, 8 min
	if f, ok := errors.AsType[*fault.Error](cause); ok && f.RetryAfter > rest {
		rest = f.RetryAfter
	}
	return rest, s.db.Tx(ctx, func(tx *gorm.DB) error { return s.saveRun(tx, run) })
}

func (s *Service) tellRun(tx *gorm.DB, run *Run) error {
	return s.events.Append(tx, event.Event{Type: EventProgressed, SubjectKind: "source", SubjectID: run.SourceID, Data: map[string]any{
		"run_id": run.ID, "status": string(run.Status), "found": run.Found, "created": run.Created, "pages": run.Pages,
	}})
}
