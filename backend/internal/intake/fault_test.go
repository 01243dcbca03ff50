package intake_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"winnow/backend/internal/intake"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// breaker makes the nth write on a database fail, once.
type breaker struct{ left atomic.Int64 }

var errBroken = errors.New("the write failed")

func breakWrites(t *testing.T, d *db.DB) *breaker {
	t.Helper()
	b := &breaker{}
	fail := func(g *gormDB) {
		if b.left.Add(-1) == 0 {
			_ = g.AddError(errBroken)
		}
	}
	c := d.Write.Callback()
	for _, err := range []error{
		c.Create().Before("gorm:create").Register("break", fail), c.Update().Before("gorm:update").Register("break", fail),
		c.Delete().Before("gorm:delete").Register("break", fail), c.Raw().Before("gorm:raw").Register("break", fail),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// known are the leads that the file of the test meets, and odd its rows: each fate, and twins within the file.
const (
	known = "Name,Email,Phone\nJo,jo@x.example,\nAl,al@x.example,+15125550101\n"
	odd   = "Name,Email,Phone,Notes\nJo,jo@x.example,+15125550100,first\nAl,al@x.example,+15125550101,\nEve,eve@x.example,,\nEve,eve@x.example,,second\n,broken@,,\nBo,,+15125550102,\n"
)

// state is all that an import leaves behind, ids and times aside.
func (h *house) state(t *testing.T, importID string) string {
	t.Helper()
	var b strings.Builder
	for _, l := range h.leads(t) {
		fmt.Fprintln(&b, facts(&l))
	}
	rows, _, err := h.Rows(h.ctx, importID, "", 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		fmt.Fprintln(&b, r.RowNo, r.Fate, r.Code)
	}
	var told []string
	if err := h.db.Read.Table("events").Where("type LIKE 'lead.%'").Order("type").Pluck("type", &told).Error; err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(&b, told)
	for _, table := range []string{"leads", "import_rows", "lead_sightings", "lead_identities", "field_provenance", "import_changes"} {
		fmt.Fprintln(&b, table, h.count(t, table))
	}
	return b.String()
}

// oneImport brings known, then odd with the nth write of its run failing; it tells what is there once it ran again, and
// whether a write failed at all.
func oneImport(t *testing.T, n int64) (state string, failed bool) {
	t.Helper()
	h := newHouse(t, testkit.SQLite(t))
	h.bring(t, "known.csv", []byte(known), intake.Options{})
	p, err := h.Upload(h.ctx, "odd.csv", bytes.NewReader([]byte(odd)), intake.Options{})
	if err == nil {
		_, err = h.Start(h.ctx, p.Import.ID, intake.Options{})
	}
	if err != nil {
		t.Fatal(err)
	}
	b := breakWrites(t, h.db)
	b.left.Store(n)
	_, err = h.Run(h.ctx, p.Import.ID, nil)
	failed = b.left.Load() <= 0
	if failed && err != nil && !errors.Is(err, errBroken) {
		t.Errorf("write %d: %v", n, err)
	}
	h.clock.Advance(10 * 1e9) // whoever died with it holds it no longer
	imp, err := h.Run(h.ctx, p.Import.ID, nil)
	if err != nil || imp.Status != intake.Finished || imp.Done() != imp.RowsTotal {
		t.Fatalf("after write %d failed: %v, %s %s", n, err, imp.Status, fatesOf(imp))
	}
	return h.state(t, p.Import.ID), failed
}

// Whatever write of an import fails, what came before it in its transaction is gone with it, and running again ends as if
// nothing had happened.
func TestF4_AnImportWhoseWritesFailAtAnyPointEndsAsWithoutAFault(t *testing.T) {
	t.Parallel()
	want, _ := oneImport(t, 1<<40)
	points := 0
	for n := int64(1); ; n++ {
		got, failed := oneImport(t, n)
		if got != want {
			t.Errorf("write %d failed:\n%s\nwant\n%s", n, got, want)
		}
		if !failed {
			break
		}
		points++
	}
	t.Logf("%d points", points)
	if points < 10 {
		t.Errorf("only %d writes were looked at", points)
	}
}
