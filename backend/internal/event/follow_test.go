package event_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// A follower is given every event it wants once and in order, whatever fails and however many follow at once.
func TestAFollowerMissesNothingAndSeesNothingTwice(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		log := event.New(d, testkit.Clock(), nil)
		var mu sync.Mutex
		var got []string
		calls := 0
		f := event.Follower{
			Name: "test", Wants: func(typ string) bool { return typ == "lead.found" },
			Do: func(_ context.Context, tx *gorm.DB, evs []event.Event) error {
				mu.Lock()
				defer mu.Unlock()
				if calls++; calls%3 == 1 {
					return errors.New("not now")
				}
				for _, e := range evs {
					got = append(got, e.SubjectID)
				}
				return nil
			},
		}
		const n = 1200
		for i := range n / 100 {
			if err := d.Tx(t.Context(), func(tx *gorm.DB) error {
				var evs []event.Event
				for j := range 100 {
					evs = append(evs, event.Event{Type: "lead.found", SubjectKind: "lead", SubjectID: fmt.Sprintf("%04d", i*100+j)}, event.Event{Type: "other", SubjectKind: "lead", SubjectID: "x"})
				}
				return log.Append(tx, evs...)
			}); err != nil {
				t.Fatal(err)
			}
		}
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				for range 40 {
					if _, err := log.Follow(t.Context(), f); err != nil && err.Error() != "test: not now" && !db.IsBusy(err) {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		if len(got) != n {
			t.Fatalf("%d events of %d", len(got), n)
		}
		for i, id := range got {
			if id != fmt.Sprintf("%04d", i) {
				t.Fatalf("event %d is %s", i, id)
			}
		}
	})
}

// While something is at work the followers wait, but not for ever.
func TestFollowersWaitForThoseAtWork(t *testing.T) {
	t.Parallel()
	d := testkit.SQLite(t)
	c := testkit.Clock()
	log := event.New(d, c, nil)
	if err := d.Tx(t.Context(), func(tx *gorm.DB) error {
		return log.Append(tx, event.Event{Type: "lead.found", SubjectKind: "lead", SubjectID: "x"})
	}); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	looks := make(chan struct{})
	f := event.Follower{Name: "test", Wants: func(string) bool { return true }, Do: func(context.Context, *gorm.DB, []event.Event) error {
		close(done)
		return nil
	}}
	k := event.Keeping{
		Pace: time.Millisecond, MaxWait: time.Minute, OnError: func(err error) { t.Error(err) },
		Busy: func(context.Context) bool {
			select {
			case looks <- struct{}{}:
			case <-ctx.Done():
			}
			return true
		},
	}
	var ended sync.WaitGroup
	ended.Go(func() { log.Keep(ctx, k, f) })
	for range 5 {
		<-looks
		select {
		case <-done:
			t.Fatal("it did not wait")
		default:
		}
	}
	c.Advance(2 * time.Minute)
	<-looks
	<-looks
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Error("it waits for ever")
	}
	stop()
	ended.Wait()
}

// While people are there, following rests long between its pieces; it still comes to the end.
func TestFollowersLeaveTheProcessorToPeople(t *testing.T) {
	t.Parallel()
	const pieces, work = 5, 5 * time.Millisecond
	for _, watched := range []bool{false, true} {
		t.Run(strconv.FormatBool(watched), func(t *testing.T) {
			t.Parallel()
			d := testkit.SQLite(t)
			c := testkit.Clock()
			log := event.New(d, c, nil)
			if err := d.Tx(t.Context(), func(tx *gorm.DB) error {
				evs := make([]event.Event, pieces*100)
				for i := range evs {
					evs[i] = event.Event{Type: "lead.found", SubjectKind: "lead", SubjectID: "x"}
				}
				return log.Append(tx, evs...)
			}); err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			given := make(chan int, pieces)
			f := event.Follower{Name: "test", Wants: func(string) bool { return true }, Do: func(_ context.Context, _ *gorm.DB, evs []event.Event) error {
				c.Advance(work)
				given <- len(evs)
				return nil
			}}
			k := event.Keeping{
				Pace: time.Millisecond, MaxWait: time.Minute, OnError: func(err error) { t.Error(err) },
				Busy: func(context.Context) bool { return false }, Watched: func() bool { return watched },
			}
			var ended sync.WaitGroup
			ended.Go(func() { log.Keep(ctx, k, f) })
			began := time.Now()
			for left := pieces * 100; left > 0; {
				left -= <-given
			}
			took := time.Since(began)
			stop()
			ended.Wait()
			if least := (pieces - 1) * 19 * work; watched && took < least {
				t.Errorf("%v for %d pieces of %v: it should have rested %v", took, pieces, work, least)
			}
		})
	}
}
