package view_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"winnow/backend/internal/account"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/view"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

func person(t *testing.T, d *db.DB, role account.Role) context.Context {
	t.Helper()
	u, now := id.New(), testkit.Clock().Now()
	err := d.Write.WithContext(t.Context()).Exec(`INSERT INTO users (id, email, email_key, role, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)`,
		u, u+"@winnow.test", u+"@winnow.test", string(role), now, now).Error
	if err != nil {
		t.Fatal(err)
	}
	return account.With(t.Context(), account.Viewer{UserID: u, Role: role, Kind: account.KindSession})
}

func TestA17_ViewsAreTheirOwnersAndSharedOnesAllSee(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		s := view.New(d, event.New(d, testkit.Clock(), nil), testkit.Clock(), lead.NewStore(d, testkit.Clock()))
		ann, bob := person(t, d, account.RoleUser), person(t, d, account.RoleUser)
		boss, guest := person(t, d, account.RoleAdmin), person(t, d, account.RoleViewer)
		want := func(what string, err error, kind fault.Kind) {
			t.Helper()
			if fault.KindOf(err) != kind {
				t.Errorf("%s: %v, want %q", what, err, kind)
			}
		}
		own, err := s.Add(ann, view.Spec{Name: " Best ", Filter: "grade in (A+,A)", Sort: "-score", Columns: []view.Column{{ID: "name", Width: 200}}})
		if err != nil {
			t.Fatal(err)
		}
		shared, err := s.Add(ann, view.Spec{Name: "Team", Shared: true})
		if err != nil || shared.Position != 1 || own.Name != "Best" {
			t.Fatalf("%v %+v %+v", err, own, shared)
		}
		for who, c := range map[string]struct {
			ctx  context.Context
			want int
		}{"ann": {ann, 2}, "bob": {bob, 1}, "boss": {boss, 1}, "guest": {guest, 1}, "nobody": {t.Context(), 1}} {
			if list, err := s.List(c.ctx); err != nil || len(list) != c.want {
				t.Errorf("%s sees %d views, want %d (%v)", who, len(list), c.want, err)
			}
		}
		_, err = s.Edit(bob, own.ID, nil, view.Spec{Name: "Mine now"})
		want("a private view of another", err, fault.NotFound)
		_, err = s.Edit(boss, own.ID, nil, view.Spec{Name: "Mine now"})
		want("a private view, for an admin", err, fault.NotFound)
		_, err = s.Edit(bob, shared.ID, nil, view.Spec{Name: "Mine now"})
		want("a shared view of another", err, fault.Forbidden)
		want("deleting a shared view of another", s.Remove(bob, shared.ID, nil), fault.Forbidden)
		_, err = s.Add(guest, view.Spec{Name: "For all", Shared: true})
		want("a viewer shares", err, fault.Forbidden)
		_, err = s.Add(guest, view.Spec{Name: "For me"})
		want("a viewer keeps", err, "")
		_, err = s.Add(ann, view.Spec{Name: "Best"})
		want("the same name again", err, fault.Conflict)
		old := 7
		_, err = s.Edit(ann, own.ID, &old, view.Spec{Name: "Best"})
		want("another version", err, fault.Stale)
		got, err := s.Edit(boss, shared.ID, &shared.Version, view.Spec{Name: "Team A", Shared: true, Mode: view.ModeCards})
		if err != nil || got.Version != 2 || got.Position != 1 || got.Mode != view.ModeCards {
			t.Errorf("an admin edits a shared view: %v %+v", err, got)
		}
		want("an admin deletes a shared view", s.Remove(boss, shared.ID, nil), "")
		want("its owner deletes a view", s.Remove(ann, own.ID, nil), "")
	})
}

func TestA19_AViewKeepsOnlyWhatCanBeAsked(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		s := view.New(d, event.New(d, testkit.Clock(), nil), testkit.Clock(), lead.NewStore(d, testkit.Clock()))
		ann := person(t, d, account.RoleUser)
		for name, c := range map[string]view.Spec{
			"no name":          {},
			"two lines":        {Name: "a\nb"},
			"SQL as filter":    {Name: "x", Filter: "1=1; DROP TABLE leads"},
			"SQL as order":     {Name: "x", Sort: "score; DROP TABLE leads"},
			"an unknown field": {Name: "x", Filter: "password = x"},
			"an unknown mode":  {Name: "x", Mode: "map"},
			"a hostile column": {Name: "x", Columns: []view.Column{{ID: "<script>"}}},
			"a twin column":    {Name: "x", Columns: []view.Column{{ID: "name"}, {ID: "name"}}},
		} {
			if _, err := s.Add(ann, c); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestAChangedViewIsToldToWhoSeesIt(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		log := event.New(d, testkit.Clock(), nil)
		s := view.New(d, log, testkit.Clock(), lead.NewStore(d, testkit.Clock()))
		ann := person(t, d, account.RoleUser)
		v, err := s.Add(ann, view.Spec{Name: "Best"})
		if err != nil {
			t.Fatal(err)
		}
		for _, shared := range []bool{true, false, false} {
			if _, err := s.Edit(ann, v.ID, nil, view.Spec{Name: "Best", Shared: shared}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.Edit(ann, v.ID, new(1), view.Spec{Name: "Best"}); !fault.Is(err, fault.Stale) {
			t.Fatal(err)
		}
		if err := s.Remove(ann, v.ID, nil); err != nil {
			t.Fatal(err)
		}
		evs, err := log.Since(t.Context(), 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range evs {
			to := "all"
			if e.OwnerID != nil && *e.OwnerID == *v.OwnerID {
				to = "ann"
			}
			if e.Type != view.EventChanged || e.SubjectKind != "view" || e.SubjectID != v.ID {
				t.Errorf("%+v", e)
			}
			got = append(got, e.Data["change"].(string)+" "+to)
		}
		want := []string{"created ann", "updated all", "updated all", "updated ann", "deleted ann"}
		if !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	})
}

// counter counts statements.
type counter struct {
	logger.Interface
	n *int
}

func (c counter) Trace(context.Context, time.Time, func() (string, int64), error) { *c.n++ }

func (c counter) LogMode(logger.LogLevel) logger.Interface { return c }

func TestOnlyWhoDeletedAViewBringsItBack(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		log := event.New(d, testkit.Clock(), func(ctx context.Context) *string {
			if v, ok := account.From(ctx); ok {
				return &v.UserID
			}
			return nil
		})
		s := view.New(d, log, testkit.Clock(), lead.NewStore(d, testkit.Clock()))
		ann, bob := person(t, d, account.RoleUser), person(t, d, account.RoleUser)
		was, err := s.Add(ann, view.Spec{Name: "Best", Shared: true})
		if err != nil {
			t.Fatal(err)
		}
		again := view.Spec{Name: "Best", Shared: true}
		if _, err := s.Restore(ann, was.ID, again); !fault.Is(err, fault.Invalid) {
			t.Errorf("a view that is there: %v", err)
		}
		if err := s.Remove(ann, was.ID, nil); err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			ctx context.Context
			id  string
		}{"somebody else": {bob, was.ID}, "nobody": {t.Context(), was.ID}, "an id of one's own making": {ann, id.New()}, "no id": {ann, "x"}} {
			if _, err := s.Restore(c.ctx, c.id, again); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		got, err := s.Restore(ann, was.ID, again)
		if err != nil || got.ID != was.ID || got.Name != "Best" || !got.Shared {
			t.Errorf("%v %+v", err, got)
		}
		if _, err := s.Restore(ann, was.ID, again); !fault.Is(err, fault.Invalid) {
			t.Errorf("twice: %v", err)
		}
	})
}

func TestListingManyViewsTakesOneQuery(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		n := 0
		counted := *d
		counted.Read = d.Read.Session(&gorm.Session{Logger: counter{logger.Discard, &n}})
		s := view.New(&counted, event.New(d, testkit.Clock(), nil), testkit.Clock(), lead.NewStore(d, testkit.Clock()))
		ann := person(t, d, account.RoleUser)
		for i := range 60 {
			if _, err := s.Add(ann, view.Spec{Name: fmt.Sprint("View ", i), Shared: i%2 == 0}); err != nil {
				t.Fatal(err)
			}
		}
		n = 0
		list, err := s.List(ann)
		if err != nil || len(list) != 60 || n != 1 {
			t.Errorf("%d views by %d queries (%v), want 60 by 1", len(list), n, err)
		}
	})
}
