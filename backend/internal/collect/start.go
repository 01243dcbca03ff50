package collect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"gorm.io/gorm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
)

// RunNow queues a run because a person asks. Faults: Forbidden; NotFound; Conflict while one waits or runs; Invalid while
// the source's notice is not agreed to; RateLimited before the place allows the next.
func (s *Service) RunNow(ctx context.Context, sourceID string) (*Run, error) {
	if err := mayManage(ctx); err != nil {
		return nil, err
	}
	var run *Run
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		src, err := get(tx, sourceID)
		if err != nil {
			return err
		}
		run, err = s.queue(ctx, tx, src, ByPerson)
		return err
	})
	if db.IsUnique(err) {
		return nil, fault.New(fault.Conflict, "run_open", "This source is being looked at already.")
	}
	return run, err
}

func (s *Service) queue(ctx context.Context, tx *gorm.DB, src *Source, by string) (*Run, error) {
	c, err := s.kind(src.Kind)
	if err != nil {
		return nil, err
	}
	k, now := c.Kind(), s.clock.Now()
	if k.Notice != "" && src.AgreedAt == nil {
		return nil, fault.InvalidFields("notice_open", "Read and agree to the notice first.", fault.Field{Name: "agree", Code: "notice_open", Message: k.Notice})
	}
	if src.LastRunAt != nil && now.Before(src.LastRunAt.Add(k.Least)) {
		wait := src.LastRunAt.Add(k.Least).Sub(now)
		return nil, fault.Newf(fault.RateLimited, "run_too_soon", "%s allows a look every %s; the next can start in %s.", k.Title, k.Least, wait.Round(time.Second))
	}
	run := &Run{
		ID: id.New(), SourceID: src.ID, Status: Queued, StartedBy: by, ActorID: viewer(ctx), Cursor: db.NewJSON(json.RawMessage("null")),
		Notes: db.NewJSON([]Counted{}), Reasons: db.NewJSON([]Counted{}), CreatedAt: now, Version: 1,
	}
	if err := tx.Create(run).Error; err != nil {
		return nil, fmt.Errorf("store the run: %w", err)
	}
	src.LastRunAt = &now
	if src.NextRunAt, err = next(src.Schedule, s.zone(ctx), now, src.LastRunAt, k.Least); err != nil {
		return nil, err
	}
	if err := s.save(tx, src, "run"); err != nil {
		return nil, err
	}
	return run, s.jobs.InsertTx(tx, RunArgs{RunID: run.ID}, &river.InsertOpts{Queue: QueueName, Priority: jobPriority(src.Priority)})
}

// jobPriority is a source's priority in River's words: 1 is first, 4 last.
func jobPriority(p int) int {
	switch {
	case p > 0:
		return 1
	case p < 0:
		return 4
	}
	return 2
}

// perTick bounds how many runs one look at the clock starts.
const perTick = 50

// Tick queues the runs that are due, the most important first, and takes up those whose process died. Any number of
// processes may call it at once: a source has one open run at most.
func (s *Service) Tick(ctx context.Context) error {
	if err := s.recover(ctx); err != nil {
		return err
	}
	var due []Source
	err := s.db.Read.WithContext(ctx).Where("enabled AND next_run_at <= ? AND health <> ?", s.clock.Now(), HealthStopped).
		Order("priority DESC, next_run_at, id").Limit(perTick).Find(&due).Error
	if err != nil {
		return fmt.Errorf("look for sources that are due: %w", err)
	}
	var errs error
	for i := range due {
		if err := s.tickOne(ctx, due[i].ID); err != nil {
			errs = errors.Join(errs, fmt.Errorf("source %s: %w", due[i].ID, err))
		}
	}
	return errs
}

func (s *Service) tickOne(ctx context.Context, sourceID string) error {
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		src, err := get(tx, sourceID)
		if err != nil {
			return err
		}
		if !src.Enabled || src.NextRunAt == nil || src.NextRunAt.After(s.clock.Now()) {
			return nil // another process was quicker
		}
		_, err = s.queue(ctx, tx, src, BySchedule)
		return err
	})
	if db.IsUnique(err) || fault.Is(err, fault.Stale) {
		return nil // another process was quicker, or the last run is still at it: it is asked again at the next tick
	}
	return err
}

// recover queues runs again whose process died.
func (s *Service) recover(ctx context.Context) error {
	now := s.clock.Now()
	var lost []Run
	if err := s.db.Read.WithContext(ctx).Where("status = ? AND lease_until < ?", Running, now).Limit(perTick).Find(&lost).Error; err != nil {
		return fmt.Errorf("look for runs without a process: %w", err)
	}
	for i := range lost {
		err := s.db.Tx(ctx, func(tx *gorm.DB) error {
			// Without a lease the next look does not find it again, and its dead process can write no more.
			res := tx.Model(&Run{}).Where("id = ? AND version = ?", lost[i].ID, lost[i].Version).Updates(map[string]any{"lease_until": nil, "version": lost[i].Version + 1})
			if res.Error != nil || res.RowsAffected == 0 {
				return res.Error
			}
			return s.jobs.InsertTx(tx, RunArgs{RunID: lost[i].ID}, &river.InsertOpts{Queue: QueueName})
		})
		if err != nil {
			return err
		}
	}
	return nil
}
