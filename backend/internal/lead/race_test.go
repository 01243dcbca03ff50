package lead_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// together runs f n times at once and counts how each ended.
func together(n int, f func(i int) error) map[fault.Kind]int {
	out := map[fault.Kind]int{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			err := f(i)
			mu.Lock()
			defer mu.Unlock()
			out[fault.KindOf(err)]++
		})
	}
	wg.Wait()
	return out
}

func TestOfEditsOfOneVersionOneWins(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		s, l := service(d), put(t, d, lead.Lead{Name: "Ann"})
		got := together(8, func(i int) error {
			_, err := s.Update(system(t), l.ID, new(1), lead.Change{Text: map[string]string{"name": fmt.Sprint("Ann ", i)}})
			return err
		})
		if got[""] != 1 || got[fault.Stale] != 7 {
			t.Errorf("%v", got)
		}
	})
}

func TestOneAddressBelongsToOneLead(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		s := service(d)
		ls := make([]lead.Lead, 6)
		putAll(t, d, ls)
		got := together(len(ls), func(i int) error {
			_, err := s.Update(system(t), ls[i].ID, nil, lead.Change{Text: map[string]string{"email": "one@acme.test"}})
			return err
		})
		if got[""] != 1 || got[fault.Conflict] != 5 {
			t.Errorf("%v", got)
		}
		p, err := s.List(system(t), lead.Query{Filter: `email = "one@acme.test"`})
		if err != nil || p.Total != 1 {
			t.Errorf("%d leads have the address, %v", p.Total, err)
		}
	})
}

func TestExportThatCannotBeWrittenSaysSo(t *testing.T) {
	t.Parallel()
	d := testkit.SQLite(t)
	putAll(t, d, []lead.Lead{{Name: "Ann"}, {Name: "Bob"}})
	for _, f := range []lead.Format{lead.CSV, lead.JSON, lead.XLSX} {
		e, err := store(d).Export(system(t), f, lead.Query{}, nil, lead.Choice{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.Write(system(t), full{}); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", f, err)
		}
	}
}

var errFull = errors.New("disk full")

// full is a file on a full disk.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

// A change that the database gives up, because it and another transaction wait for each other, is made once that one is
// through: whoever asked for it hears nothing of it.
func TestAChangeSurvivesADeadlock(t *testing.T) {
	t.Parallel()
	d := testkit.Postgres(t)
	s := service(d)
	ls := make([]lead.Lead, 2)
	putAll(t, d, ls)
	ids := []string{ls[0].ID, ls[1].ID}
	slices.Sort(ids)
	lock := func(tx *gorm.DB, leadID string) error {
		return tx.Exec("SELECT 1 FROM leads WHERE id = ? FOR UPDATE", leadID).Error
	}
	held := make(chan struct{})
	var other sync.WaitGroup
	other.Go(func() {
		err := d.Tx(t.Context(), func(tx *gorm.DB) error {
			// The other one is never the one to give way.
			if err := tx.Exec("SET LOCAL deadlock_timeout = '1min'").Error; err != nil {
				return err
			}
			if err := lock(tx, ids[1]); err != nil {
				return err
			}
			close(held)
			testkit.Eventually(t, "the change to wait", func() bool {
				var n int64
				err := d.Read.Raw("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").Scan(&n).Error
				return err != nil || n > 0
			})
			return lock(tx, ids[0])
		})
		if err != nil {
			t.Errorf("the other one: %v", err)
		}
	})
	<-held
	got, err := s.Apply(system(t), lead.Bulk{IDs: ids, Action: lead.ActionTag, Tags: []string{"vip"}})
	other.Wait()
	if err != nil || got.Count != 2 {
		t.Errorf("%+v, %v", got, err)
	}
}
