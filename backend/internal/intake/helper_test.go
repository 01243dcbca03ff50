package intake_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
)

// house is a service over a fresh database with a clock that stands still.
type house struct {
	*intake.Service
	db     *db.DB
	clock  *clock.Virtual
	events *event.Log
	ctx    context.Context
	dir    string // of waiting files
}

type gormDB = gorm.DB

// fieldsOf is the bad fields of a fault, name to code.
func fieldsOf(err error) map[string]string {
	out := map[string]string{}
	if e, ok := errors.AsType[*fault.Error](err); ok {
		for _, f := range e.Fields {
			out[f.Name] = f.Code
		}
	}
	return out
}

func newHouse(tb testing.TB, d *db.DB) *house {
	tb.Helper()
	return newHouseWith(tb, d, intake.Config{})
}

func newHouseWith(tb testing.TB, d *db.DB, cfg intake.Config) *house {
	tb.Helper()
	c := clock.NewVirtual(time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC))
	cfg.DB, cfg.Log, cfg.Clock, cfg.Dir = d, event.New(d, c, nil), c, filepath.Join(tb.TempDir(), "imports")
	return &house{Service: intake.New(cfg), db: d, clock: c, events: cfg.Log, ctx: account.With(tb.Context(), account.System()), dir: cfg.Dir}
}

// bring imports content as a file and returns the ledger.
func (h *house) bring(tb testing.TB, name string, content []byte, o intake.Options) *intake.Import {
	tb.Helper()
	p, err := h.Upload(h.ctx, name, bytes.NewReader(content), o)
	if err != nil {
		tb.Fatalf("upload %s: %v", name, err)
	}
	if p.Import.Error != "" {
		return &p.Import
	}
	if _, err := h.Start(h.ctx, p.Import.ID, o); err != nil {
		tb.Fatalf("start %s: %v", name, err)
	}
	imp, err := h.Run(h.ctx, p.Import.ID, nil)
	if err != nil {
		tb.Fatalf("run %s: %v", name, err)
	}
	return imp
}

func (h *house) bringFile(tb testing.TB, path string, o intake.Options) *intake.Import {
	tb.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return h.bring(tb, filepath.Base(path), b, o)
}

// leads is every live lead in the order in which it came.
func (h *house) leads(tb testing.TB) []lead.Lead {
	tb.Helper()
	var out []lead.Lead
	if err := h.db.Read.WithContext(h.ctx).Order("seq").Find(&out).Error; err != nil {
		tb.Fatal(err)
	}
	return out
}

func (h *house) count(tb testing.TB, table string) int64 {
	tb.Helper()
	var n int64
	if err := h.db.Read.WithContext(h.ctx).Table(table).Count(&n).Error; err != nil {
		tb.Fatal(err)
	}
	return n
}
