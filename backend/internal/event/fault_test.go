package event_test

import (
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// TestF8_NoAcknowledgedEventIsLostWhenConnectionsAreCut cuts every connection twenty times under four writers.
func TestF8_NoAcknowledgedEventIsLostWhenConnectionsAreCut(t *testing.T) {
	t.Parallel()
	d := testkit.Postgres(t)
	l := event.New(d, testkit.Clock(), nil)
	var acked sync.Map
	var count, failed atomic.Int64
	stop := make(chan struct{})
	var group sync.WaitGroup
	for w := range 4 {
		group.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				name := fmt.Sprint(w, "-", i)
				err := d.Tx(t.Context(), func(tx *gorm.DB) error { return l.Append(tx, found(name)) })
				if err == nil {
					acked.Store(name, true)
					count.Add(1)
				} else {
					failed.Add(1)
				}
			}
		})
	}
	for range 20 {
		before := count.Load()
		testkit.Eventually(t, "writes to go on", func() bool { return count.Load() >= before+10 })
		testkit.CutConnections(t, d)
	}
	close(stop)
	group.Wait()
	for seq, more := int64(0), true; more; {
		var page []event.Event
		testkit.Eventually(t, "the feed to be readable", func() bool {
			var err error
			page, err = l.Since(t.Context(), seq, 0)
			return err == nil
		})
		for _, e := range page {
			acked.Delete(e.SubjectID)
			seq = e.Seq
		}
		more = len(page) > 0
	}
	lost := 0
	acked.Range(func(any, any) bool { lost++; return true })
	if lost > 0 || failed.Load() == 0 {
		t.Errorf("of %d acknowledged events %d are lost; %d writes failed", count.Load(), lost, failed.Load())
	}
	t.Logf("acknowledged %d, lost %d, refused with an error %d", count.Load(), lost, failed.Load())
}

// TestF11_AFullDiskLosesNothingAndHealsByItself bounds the file's size as a full disk would.
func TestF11_AFullDiskLosesNothingAndHealsByItself(t *testing.T) {
	t.Parallel()
	d := testkit.SQLite(t)
	l := event.New(d, testkit.Clock(), nil)
	bound := func(pragma string) {
		if err := d.Write.WithContext(t.Context()).Exec(pragma).Error; err != nil {
			t.Fatal(err)
		}
	}
	bound("PRAGMA max_page_count = 1") // SQLite takes it for "no page more than now"
	acked := 0
	var err error
	for err == nil && acked < 10_000 {
		if err = d.Tx(t.Context(), func(tx *gorm.DB) error { return l.Append(tx, found(strconv.Itoa(acked))) }); err == nil {
			acked++
		}
	}
	if !db.IsFull(err) {
		t.Fatalf("after %d events: %v", acked, err)
	}
	check := func(want int) {
		t.Helper()
		evs, err := l.Since(t.Context(), 0, 0)
		if err != nil || len(evs) != want {
			t.Errorf("%d events can be read (%v), want %d", len(evs), err, want)
		}
		var integrity string
		if err := d.Read.WithContext(t.Context()).Raw("PRAGMA integrity_check").Scan(&integrity).Error; err != nil || integrity != "ok" {
			t.Errorf("integrity: %s, %v", integrity, err)
		}
	}
	check(acked)
	bound("PRAGMA max_page_count = 1073741824")
	add(t, d, l, found("after"))
	check(acked + 1)
	t.Logf("acknowledged %d before the disk was full, lost 0", acked)
}

// TestF9_WritersWaitForEachOtherAndForNoReader: sixteen writers beside a reader that holds its snapshot all the time.
func TestF9_WritersWaitForEachOtherAndForNoReader(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		l := event.New(d, testkit.Clock(), nil)
		reader := d.Read.WithContext(t.Context()).Begin()
		t.Cleanup(func() { reader.Rollback() })
		var n int64
		if err := reader.Table("events").Count(&n).Error; err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		for range 16 {
			group.Go(func() {
				for range 20 {
					if err := d.Tx(t.Context(), func(tx *gorm.DB) error { return l.Append(tx, found("x")) }); err != nil {
						t.Errorf("a writer failed: %v", err)
					}
				}
			})
		}
		group.Wait()
		if err := d.Read.WithContext(t.Context()).Table("events").Count(&n).Error; err != nil || n != 320 {
			t.Errorf("%d events, %v", n, err)
		}
	})
}
