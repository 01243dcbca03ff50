package resolution_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/intake/resolution"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/duplicate"
	"winnow/backend/internal/lead/merging"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/settings"
	"winnow/backend/internal/testkit"
)

// Two imports of the same people, a sweep, the follower and merging by itself, all at once: each row has one fate, every
// lead is live or stands in another, and once all is quiet the twins are merged and nothing more is found.
func TestTwoImportsAndASweepAtOnce(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		leads := lead.NewService(lead.NewStore(d, h.clock), h.log, nil)
		merges := merging.New(merging.Deps{DB: d, Clock: h.clock, Events: h.log, Leads: leads, Children: lead.Children()})
		h.pairs = duplicate.New(d, h.clock, h.log, merges)
		h.Service = resolution.New(d, h.clock, h.log, h.pairs, nil)
		h.log.On(merging.EventMerged, h.pairs.Merged)
		h.pairs.Settling(duplicate.Auto{Settings: settings.New(d, h.clock, h.log, "EUR"), From: 0.99, Sure: h.Sure})
		if _, _, err := h.pairs.SetPolicy(h.ctx, nil, duplicate.PolicyChange{MergeSure: new(true)}); err != nil {
			t.Fatal(err)
		}
		const people = 120
		var first, second strings.Builder
		first.WriteString("Name,Email,Company,City\n")
		second.WriteString("Name,Email,Company,City\n")
		all, _ := crowd(2 * people)
		n := 0
		for i := range all {
			l := &all[i]
			if l.Email == "" || n == people { // a twin of the crowd's own
				continue
			}
			fmt.Fprintf(&first, "%s,%s,%s,%s\n", l.Name, l.Email, l.Company, l.Location)
			if n%2 == 0 { // the same address: the same lead, whichever file is first
				fmt.Fprintf(&second, "%s,%s,,\n", l.Name, l.Email)
			} else { // a twin without an address
				fmt.Fprintf(&second, "%s,,%s Ltd,%s\n", l.Name, l.Company, l.Location)
			}
			n++
		}
		door := intake.New(intake.Config{DB: d, Log: h.log, Clock: h.clock, Dir: filepath.Join(t.TempDir(), "imports")})
		var wg sync.WaitGroup
		for n, file := range []string{first.String(), second.String()} {
			wg.Go(func() {
				if err := bring(h.ctx, door, fmt.Sprintf("%d.csv", n), file); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Go(func() {
			for range 6 {
				if err := h.lookThrough(); err != nil {
					t.Error(err)
				}
			}
		})
		wg.Go(func() {
			for range 40 {
				_, err := h.log.Follow(h.ctx, h.Follower())
				if err != nil && !db.IsBusy(err) {
					t.Error(err)
				}
				if _, err := h.pairs.Settle(h.ctx); err != nil {
					t.Error(err)
				}
			}
		})
		wg.Wait()
		h.follow(t)
		if err := h.lookThrough(); err != nil {
			t.Fatal(err)
		}
		if _, err := h.pairs.Settle(h.ctx); err != nil {
			t.Fatal(err)
		}
		count := func(table, where string) int64 {
			var n int64
			if err := d.Read.Table(table).Where(where).Count(&n).Error; err != nil {
				t.Fatal(err)
			}
			return n
		}
		live, tombs, done := count("leads", "deleted_at IS NULL"), count("leads", "merged_into IS NOT NULL"), count("merges", "state = 'done'")
		if live+tombs != people+people/2 || tombs != done || live < people {
			t.Errorf("%d live, %d merged, %d merges of %d leads", live, tombs, done, people+people/2)
		}
		if wrong := count("merges m JOIN leads s ON s.id = m.survivor_id JOIN merge_items i ON i.merge_id = m.id JOIN leads x ON x.id = i.lead_id", "x.name <> s.name"); wrong != 0 {
			t.Errorf("%d leads went into one of another name", wrong)
		}
		if rows := count("import_rows", "1 = 1"); rows > 2*people {
			t.Errorf("%d fates of %d rows", rows, 2*people)
		}
		before := done
		if err := h.lookThrough(); err != nil {
			t.Fatal(err)
		}
		if n, err := h.pairs.Settle(h.ctx); err != nil || n != 0 {
			t.Errorf("after %d merges all was quiet, and %d more are made: %v", before, n, err)
		}
	})
}

func bring(ctx context.Context, door *intake.Service, name, content string) error {
	p, err := door.Upload(ctx, name, bytes.NewReader([]byte(content)), intake.Options{})
	if err != nil {
		return err
	}
	if _, err := door.Start(ctx, p.Import.ID, intake.Options{}); err != nil {
		return err
	}
	imp, err := door.Run(ctx, p.Import.ID, nil)
	if err != nil {
		return err
	}
	if sum := imp.Created + imp.Updated + imp.Unchanged + imp.Duplicate + imp.Rejected; sum != imp.RowsTotal || imp.Rejected != 0 {
		return fmt.Errorf("%s: the fates of %d rows are %d, %d rejected", name, imp.RowsTotal, sum, imp.Rejected)
	}
	return nil
}

// lookThrough looks through all leads once; while others write, a step may have to be done again.
func (h *house) lookThrough() error {
	for range 50 {
		h.clock.Advance(time.Minute)
		sw, err := h.Start(h.ctx)
		if err == nil {
			if sw, err = h.Run(h.ctx, sw.ID); err == nil && sw.Status == resolution.Finished {
				return nil
			}
		}
		if err != nil && !db.IsBusy(err) && !fault.Is(err, fault.Unavailable) {
			return err
		}
	}
	return errors.New("the sweep does not end")
}
