package intake_test

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"
	"time"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/platform/jobs"
	"winnow/backend/internal/testkit"
)

// worked is a service whose imports run as jobs.
func worked(t *testing.T, d *db.DB, c clock.Clock) (*intake.Service, context.Context) {
	t.Helper()
	j, err := jobs.New(d, jobs.Options{Work: true, Context: func(ctx context.Context) context.Context { return account.With(ctx, account.System()) }})
	if err != nil {
		t.Fatal(err)
	}
	s := intake.New(intake.Config{DB: d, Clock: c, Log: event.New(d, c, nil), Dir: filepath.Join(t.TempDir(), "imports"), Jobs: j})
	jobs.AddWorker(j, intake.NewRunWorker(s))
	if err := j.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := j.Stop(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	return s, account.With(t.Context(), account.System())
}

// until polls an import until it is as wanted.
func until(ctx context.Context, t *testing.T, s *intake.Service, importID string, status intake.Status) *intake.Import {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, 60*time.Second)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		imp, err := s.Get(ctx, importID)
		if err != nil {
			t.Fatal(err)
		}
		if imp.Status == status {
			return imp
		}
		<-tick.C
	}
}

func TestAStartedImportRunsAsAJob(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		s, ctx := worked(t, d, clock.System{})
		p, err := s.Upload(ctx, "x.csv", bytes.NewReader(rowsCSV(700)), intake.Options{})
		if err == nil {
			_, err = s.Start(ctx, p.Import.ID, intake.Options{})
		}
		if err != nil {
			t.Fatal(err)
		}
		if imp := until(ctx, t, s, p.Import.ID, intake.Finished); imp.Created != 700 {
			t.Error(fatesOf(imp))
		}
	})
}

func TestAnImportWhoseProcessDiedIsTakenUp(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		p, err := h.Upload(h.ctx, "x.csv", bytes.NewReader(rowsCSV(700)), intake.Options{})
		if err == nil {
			_, err = h.Prepare(h.ctx, p.Import.ID, intake.Options{})
		}
		if err != nil {
			t.Fatal(err)
		}
		// What a process leaves behind that was killed after its first chunk.
		now := h.clock.Now()
		if err := d.Write.Exec("UPDATE imports SET status = 'running', lease_by = 'dead', lease_until = ? WHERE id = ?", now.Add(time.Second), p.Import.ID).Error; err != nil {
			t.Fatal(err)
		}
		s, ctx := worked(t, d, h.clock)
		if n, err := s.Recover(ctx); n != 0 || err != nil {
			t.Errorf("took over %d from the living: %v", n, err)
		}
		h.clock.Advance(time.Minute)
		if n, err := s.Recover(ctx); n != 1 || err != nil {
			t.Fatalf("took up %d: %v", n, err)
		}
		if n, err := s.Recover(ctx); n != 0 || err != nil {
			t.Errorf("took up %d twice: %v", n, err)
		}
		h.clock.Advance(time.Minute)
		if imp := until(ctx, t, s, p.Import.ID, intake.Finished); imp.Created != 700 {
			t.Error(fatesOf(imp))
		}
	})
}
