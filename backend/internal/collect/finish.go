package collect

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
)

// kept runs whose finds are remembered, to tell a silent source from one that never had much to say.
const streakLen = 10

// finish ends a run that came to its end, within tx: the source remembers where to go on and how it did.
func (s *Service) finish(tx *gorm.DB, run *Run, src *Source, st Step) error {
	now := s.clock.Now()
	run.Status, run.FinishedAt = Finished, &now
	fresh, err := get(tx.Unscoped(), src.ID) // a person may have changed its settings meanwhile
	if err != nil {
		return err
	}
	if len(st.Keep) > 0 {
		fresh.Kept = db.NewJSON(st.Keep)
	}
	was := fresh.Health
	fresh.Health, fresh.HealthReason = judge(run, fresh.Streak.V)
	fresh.Failures = 0
	fresh.Streak = db.NewJSON(append([]int{run.Found}, fresh.Streak.V[:min(len(fresh.Streak.V), streakLen-1)]...))
	*src = *fresh
	return s.settle(tx, src, was)
}

// judge says how a run that ended compares with those before: nothing where there always was something is an alarm, not a
// success, and so is a page that shows more than was understood.
func judge(run *Run, before []int) (Health, string) {
	switch {
	case run.Changed && run.Found == 0:
		return HealthDegraded, "page_changed"
	case run.Found == 0 && len(before) >= 3 && median(before) >= 3:
		return HealthDegraded, "nothing_found"
	case run.Found > 0 && run.Rejected*2 > run.Found && run.Found >= 10:
		return HealthDegraded, "mostly_rejected"
	}
	return HealthOK, ""
}

func median(n []int) int {
	sorted := slices.Sorted(slices.Values(n))
	return sorted[len(sorted)/2]
}

// settle stores the source and alarms when its health got worse.
func (s *Service) settle(tx *gorm.DB, src *Source, was Health) error {
	if err := s.save(tx, src, "health"); err != nil {
		return err
	}
	if src.Health == was || src.Health == HealthOK || src.Health == HealthNew {
		return nil
	}
	return s.events.Append(tx, event.Event{Type: EventAlarmed, SubjectKind: "source", SubjectID: src.ID, Data: map[string]any{"health": string(src.Health), "reason": src.HealthReason}})
}

// failuresToTell is after how many failed runs in a row a source counts as failing.
const failuresToTell = 2

// fail ends a run that cannot go on. What the place or the settings forbid stops the source until a person has looked.
func (s *Service) fail(ctx context.Context, run *Run, src *Source, cause error) error {
	now := s.clock.Now()
	kind := fault.KindOf(cause)
	run.ErrorCode, run.Error = "internal", "An unexpected fault; the log has it."
	if f, ok := errors.AsType[*fault.Error](cause); ok {
		run.ErrorCode, run.Error = f.Code, f.Msg
	}
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		run.Status, run.FinishedAt = Failed, &now
		fresh, err := get(tx.Unscoped(), src.ID)
		if err != nil {
			return err
		}
		was := fresh.Health
		fresh.Failures++
		switch {
		case kind == fault.Invalid || kind == fault.Forbidden || kind == fault.Unauthenticated:
			fresh.Health, fresh.HealthReason = HealthStopped, run.ErrorCode
		case fresh.Failures >= failuresToTell:
			fresh.Health, fresh.HealthReason = HealthFailing, run.ErrorCode
		}
		if err := s.settle(tx, fresh, was); err != nil {
			return err
		}
		if err := s.saveRun(tx, run); err != nil {
			return err
		}
		return s.tellRun(tx, run)
	})
	if err != nil {
		return err
	}
	if kind == fault.Internal {
		return fmt.Errorf("run %s of source %s: %w", run.ID, src.ID, cause)
	}
	return nil
}
