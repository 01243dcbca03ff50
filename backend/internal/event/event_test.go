package event_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"

	"go.uber.org/goleak"
	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func found(lead string) event.Event {
	return event.Event{Type: "lead.found", SubjectKind: "lead", SubjectID: lead, Data: map[string]any{"import_id": "i"}}
}

func add(t *testing.T, d *db.DB, l *event.Log, evs ...event.Event) {
	t.Helper()
	if err := d.Tx(t.Context(), func(tx *gorm.DB) error { return l.Append(tx, evs...) }); err != nil {
		t.Fatal(err)
	}
}

func subjects(evs []event.Event) []string {
	var out []string
	for _, e := range evs {
		out = append(out, e.SubjectID)
	}
	return out
}

func TestAppendFillsWhatTheCallerLeavesOut(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		clock, actor := testkit.Clock(), id.New()
		l := event.New(d, clock, func(context.Context) *string { return &actor })
		add(t, d, l, found("a"), found("b"))
		evs, err := l.Since(t.Context(), 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := subjects(evs); !slices.Equal(got, []string{"a", "b"}) {
			t.Fatalf("feed is %v", got)
		}
		e := evs[1]
		if e.Seq <= evs[0].Seq || !id.Valid(e.ID) || !e.At.Equal(clock.Now()) || e.ActorID == nil || *e.ActorID != actor {
			t.Errorf("got %+v", e)
		}
		b, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf(`{"seq":%d,"type":"lead.found","at":"2026-03-02T09:30:00Z","subject":{"kind":"lead","id":"b"},"data":{"import_id":"i"}}`, e.Seq)
		if string(b) != want {
			t.Errorf("envelope\n%s want\n%s", b, want)
		}
	})
}

func TestHandlersShareTheTransactionAndItsFate(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		l := event.New(d, testkit.Clock(), nil)
		var seen []string
		l.On("lead.found", func(_ context.Context, tx *gorm.DB, e event.Event) error {
			seen = append(seen, e.SubjectID)
			return l.Append(tx, event.Event{Type: "lead.noted", SubjectKind: "lead", SubjectID: e.SubjectID})
		})
		broken := errors.New("broken")
		l.On("lead.noted", func(_ context.Context, _ *gorm.DB, e event.Event) error {
			if e.SubjectID == "bad" {
				return broken
			}
			return nil
		})
		add(t, d, l, found("good"))
		err := d.Tx(t.Context(), func(tx *gorm.DB) error { return l.Append(tx, found("bad")) })
		if !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
		evs, err := l.Since(t.Context(), 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := subjects(evs); !slices.Equal(got, []string{"good", "good"}) {
			t.Errorf("feed is %v; the failed transaction must leave nothing", got)
		}
		if !slices.Equal(seen, []string{"good", "bad"}) {
			t.Errorf("handlers saw %v", seen)
		}
	})
}

func TestRecentShowsForeignRowsToThoseWhoSeeAllOnly(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		l := event.New(d, testkit.Clock(), nil)
		ann, bob := id.New(), id.New()
		mine, theirs, free := found("mine"), found("theirs"), found("free")
		mine.OwnerID, theirs.OwnerID = &ann, &bob
		add(t, d, l, mine, theirs, free)
		for _, c := range []struct {
			name string
			all  bool
			user string
			want []string
		}{
			{"admin", true, ann, []string{"free", "theirs", "mine"}},
			{"owner", false, ann, []string{"free", "mine"}},
			{"nobody", false, "", []string{"free"}},
		} {
			evs, err := l.Recent(t.Context(), c.all, c.user, 10)
			if err != nil {
				t.Fatal(err)
			}
			if got := subjects(evs); !slices.Equal(got, c.want) {
				t.Errorf("%s sees %v, want %v", c.name, got, c.want)
			}
		}
		evs, err := l.ForSubjects(t.Context(), "lead", []string{"theirs"}, 10)
		if err != nil || len(evs) != 1 {
			t.Errorf("timeline has %d events, %v", len(evs), err)
		}
	})
}

// TestFeedWaitsForOpenTransactions holds open a transaction that took the lower Seq but has the higher transaction id:
// a horizon of transaction ids alone would run past it and lose its event.
func TestFeedWaitsForOpenTransactions(t *testing.T) {
	t.Parallel()
	d := testkit.Postgres(t)
	l := event.New(d, testkit.Clock(), nil)
	add(t, d, l, found("first"))
	early := begin(t, d)
	if err := early.Exec("SELECT pg_current_xact_id()").Error; err != nil { // the older transaction id …
		t.Fatal(err)
	}
	late := begin(t, d)
	if err := l.Append(late, found("low seq")); err != nil {
		t.Fatal(err)
	}
	if err := l.Append(early, found("high seq")); err != nil { // … takes the higher Seq
		t.Fatal(err)
	}
	if err := early.Commit().Error; err != nil {
		t.Fatal(err)
	}
	evs, err := l.Since(t.Context(), 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := subjects(evs); !slices.Equal(got, []string{"first"}) {
		t.Fatalf("with an open transaction the feed is %v", got)
	}
	last, err := l.Last(t.Context())
	if err != nil || last != evs[0].Seq {
		t.Errorf("last is %d, %v; want %d", last, err, evs[0].Seq)
	}
	if err := late.Commit().Error; err != nil {
		t.Fatal(err)
	}
	if evs, err = l.Since(t.Context(), evs[0].Seq, 0); err != nil {
		t.Fatal(err)
	}
	if got := subjects(evs); !slices.Equal(got, []string{"low seq", "high seq"}) {
		t.Errorf("then the feed is %v", got)
	}
}

func begin(t *testing.T, d *db.DB) *gorm.DB {
	t.Helper()
	tx := d.Write.WithContext(t.Context()).Begin()
	if tx.Error != nil {
		t.Fatal(tx.Error)
	}
	t.Cleanup(func() { tx.Rollback() })
	return tx
}

func TestRolledBackAppendDoesNotHoldTheFeed(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		l := event.New(d, testkit.Clock(), nil)
		_ = d.Tx(t.Context(), func(tx *gorm.DB) error {
			return errors.Join(l.Append(tx, found("gone")), errors.New("undo"))
		})
		add(t, d, l, found("kept"))
		evs, err := l.Since(t.Context(), 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := subjects(evs); !slices.Equal(got, []string{"kept"}) {
			t.Errorf("feed is %v", got)
		}
	})
}

// TestReaderMissesNothingUnderConcurrentWriters lets a reader follow the feed by the last Seq it saw while eight
// writers append, and compares what it saw with what was committed.
func TestReaderMissesNothingUnderConcurrentWriters(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		const writers, each = 8, 40
		l := event.New(d, testkit.Clock(), nil)
		var group sync.WaitGroup
		for w := range writers {
			group.Go(func() {
				for i := range each {
					err := d.Tx(t.Context(), func(tx *gorm.DB) error {
						return errors.Join(l.Append(tx, found(strconv.Itoa(w))), l.Append(tx, found(fmt.Sprint(w, "-", i))))
					})
					if err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		var seen []event.Event
		testkit.Eventually(t, "every event in the feed", func() bool {
			seen = follow(t, l, seen)
			return len(seen) >= writers*each*2
		})
		group.Wait()
		seen = follow(t, l, seen)
		if len(seen) != writers*each*2 {
			t.Errorf("saw %d events, want %d", len(seen), writers*each*2)
		}
	})
}

func follow(t *testing.T, l *event.Log, seen []event.Event) []event.Event {
	t.Helper()
	var last int64
	if len(seen) > 0 {
		last = seen[len(seen)-1].Seq
	}
	evs, err := l.Since(t.Context(), last, 0)
	if err != nil {
		t.Fatal(err)
	}
	return append(seen, evs...)
}
