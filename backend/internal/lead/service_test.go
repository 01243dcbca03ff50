package lead_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"winnow/backend/internal/account"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// lower is a normaliser that knows e-mail addresses only.
type lower struct{}

func (lower) Normalise(field, value string) (string, *lead.Key, string) {
	if field != "email" {
		return value, nil, ""
	}
	if !strings.Contains(value, "@") {
		return value, nil, "An e-mail address has an @."
	}
	value = strings.ToLower(value)
	return value, &lead.Key{Kind: lead.IdentityEmail, Value: value}, ""
}

func service(d *db.DB) *lead.Service {
	return lead.NewService(store(d), event.New(d, testkit.Clock(), nil), lower{})
}

// picture is every row that a change to leads could touch.
func picture(tb testing.TB, d *db.DB) string {
	tb.Helper()
	var b strings.Builder
	for _, table := range []string{"leads", "lead_identities", "field_provenance", "events"} {
		var rows []map[string]any
		q := d.Read.WithContext(tb.Context()).Table(table).Order("id")
		if err := q.Find(&rows).Error; err != nil {
			tb.Fatal(err)
		}
		fmt.Fprintln(&b, table, rows)
	}
	return b.String()
}

func kinds(ctx context.Context, tb testing.TB, s *lead.Service, id string) []string {
	tb.Helper()
	evs, err := s.Timeline(ctx, id, 100)
	if err != nil {
		tb.Fatal(err)
	}
	var out []string
	for _, e := range evs {
		out = append(out, fmt.Sprint(e.Type, e.Data["fields"]))
	}
	return out
}

func TestEditKeepsProvenanceIdentityAndEvent(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		s, me := service(d), user(t, d)
		ctx := as(t, me, account.RoleUser)
		l := put(t, d, lead.Lead{Name: "Ann", OwnerID: &me})
		status, v, budget := lead.StatusContacted, int64(1_500_000), "x"
		got, err := s.Update(ctx, l.ID, new(1), lead.Change{
			Text: map[string]string{"email": " Ann@Acme.test ", "name": "Ann"}, Status: &status, Tags: &[]string{"vip", "vip", " "},
			Custom: map[string]*string{"budget": &budget, "none": nil}, Value: lead.Optional[int64]{Set: true, V: &v},
		})
		if err != nil {
			t.Fatal(err)
		}
		if got.Email != "ann@acme.test" || got.Version != 2 || got.Status != status || !slices.Equal(got.Tags.V, []string{"vip"}) || got.Custom.V["budget"] != "x" || *got.ValueMicros != v {
			t.Errorf("got %+v", got)
		}
		again, err := s.Update(ctx, l.ID, new(2), lead.Change{Text: map[string]string{"email": "ann@acme.test"}})
		if err != nil || again.Version != 2 {
			t.Errorf("an edit that changes nothing: version %d, %v", again.Version, err)
		}
		if _, err := s.Update(ctx, l.ID, new(2), lead.Change{Text: map[string]string{"email": "ann@new.test"}}); err != nil {
			t.Fatal(err)
		}
		var live []string
		if err := d.Read.Model(&lead.Identity{}).Where("lead_id = ? AND live", l.ID).Pluck("value", &live).Error; err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(live, []string{"ann@new.test"}) {
			t.Errorf("identities: %v", live)
		}
		want := []string{"lead.updated[email]", "lead.updated[custom.budget email status tags value]"}
		if got := kinds(ctx, t, s, l.ID); !slices.Equal(got, want) {
			t.Errorf("events: %v", got)
		}
		origins, err := s.Provenance(ctx, l.ID)
		if err != nil {
			t.Fatal(err)
		}
		var text []string
		for _, o := range origins {
			text = append(text, fmt.Sprint(o.Field, "=", o.Current.Value, " ", o.Current.Source, " ", o.Current.ActorID != nil && *o.Current.ActorID == me, len(o.Others)))
		}
		if !slices.Equal(text, []string{"name=Ann  false 0", "email=ann@new.test user true 1", "value=1.5 user true 0", "tags=vip user true 0", "status=contacted user true 0", "custom.budget=x user true 0"}) {
			t.Errorf("provenance: %q", text)
		}
	})
}

func TestA14_ForbiddenChangesLeaveNoTrace(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		s, me, other := service(d), user(t, d), user(t, d)
		mine := put(t, d, lead.Lead{Name: "mine", OwnerID: &me})
		free := put(t, d, lead.Lead{Name: "free"})
		foreign := put(t, d, lead.Lead{Name: "foreign", OwnerID: &other})
		taken := put(t, d, lead.Lead{Name: "taken", Email: "t@t.test", OwnerID: &me})
		exec(t, d, "INSERT INTO lead_identities (id, lead_id, kind, value, live, created_at) VALUES (?, ?, 'email', 't@t.test', ?, ?)", taken.ID, taken.ID, true, testkit.Clock().Now())
		edit := lead.Change{Text: map[string]string{"name": "changed"}}
		before := picture(t, d)
		usr, viewer := as(t, me, account.RoleUser), as(t, me, account.RoleViewer)
		update := func(ctx context.Context, id string, v *int, c lead.Change) error {
			_, err := s.Update(ctx, id, v, c)
			return err
		}
		claim := func(ctx context.Context, id string) error { _, err := s.Claim(ctx, id); return err }
		restore := func(ctx context.Context, id string) error { _, err := s.Restore(ctx, id); return err }
		bulk := func(ctx context.Context, b lead.Bulk) error { _, err := s.Apply(ctx, b); return err }
		ids := []string{foreign.ID, free.ID}
		for i, c := range []struct {
			err  error
			want fault.Kind
		}{
			{update(usr, foreign.ID, nil, edit), fault.NotFound},
			{update(usr, free.ID, nil, edit), fault.Forbidden},
			{update(viewer, mine.ID, nil, edit), fault.Forbidden},
			{update(t.Context(), mine.ID, nil, edit), fault.Forbidden},
			{update(usr, mine.ID, new(7), edit), fault.Stale},
			{update(usr, mine.ID, nil, lead.Change{Owner: lead.Optional[string]{Set: true, V: &other}}), fault.Forbidden},
			{update(usr, mine.ID, nil, lead.Change{Text: map[string]string{"email": "T@t.test"}}), fault.Conflict},
			{update(usr, mine.ID, nil, lead.Change{Text: map[string]string{"email": "nonsense"}}), fault.Invalid},
			{update(usr, mine.ID, nil, lead.Change{Text: map[string]string{"deleted_at": "x"}}), fault.Invalid},
			{update(usr, mine.ID, nil, lead.Change{Custom: map[string]*string{"a\x00b": new("x")}}), fault.Invalid},
			{update(usr, "' OR 1=1 --", nil, edit), fault.NotFound},
			{s.Delete(usr, foreign.ID, nil), fault.NotFound},
			{s.Delete(usr, free.ID, nil), fault.Forbidden},
			{s.Delete(viewer, mine.ID, nil), fault.Forbidden},
			{s.Delete(usr, mine.ID, new(3)), fault.Stale},
			{claim(usr, foreign.ID), fault.NotFound},
			{claim(viewer, free.ID), fault.Forbidden},
			{claim(system(t), free.ID), fault.Forbidden},
			{restore(usr, foreign.ID), fault.NotFound},
			{bulk(viewer, lead.Bulk{All: true, Action: lead.ActionDelete}), fault.Forbidden},
			{bulk(usr, lead.Bulk{Action: lead.ActionDelete}), fault.Invalid},
			{bulk(usr, lead.Bulk{All: true, Action: "drop"}), fault.Invalid},
			{bulk(usr, lead.Bulk{All: true, Action: lead.ActionTag}), fault.Invalid},
			{bulk(usr, lead.Bulk{All: true, Action: lead.ActionAssign, Owner: &other}), fault.Forbidden},
			{bulk(usr, lead.Bulk{Filter: "nofield = 1", Action: lead.ActionDelete}), fault.Invalid},
			{bulk(as(t, me, account.RoleAdmin), lead.Bulk{All: true, Action: lead.ActionAssign, Owner: new("01890000-0000-7000-8000-000000000000")}), fault.Invalid},
		} {
			if !fault.Is(c.err, c.want) {
				t.Errorf("%d: %v, want %s", i, c.err, c.want)
			}
		}
		if changed, err := s.Apply(usr, lead.Bulk{IDs: ids, Action: lead.ActionDelete}); err != nil || len(changed.IDs) != 0 {
			t.Errorf("bulk over foreign and unclaimed leads: %v %v", changed, err)
		}
		if after := picture(t, d); after != before {
			t.Errorf("the database changed:\n%s\n%s", before, after)
		}
	})
}

func TestDeletedLeadComesBackWhole(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		s, me := service(d), user(t, d)
		ctx := as(t, me, account.RoleAdmin)
		l := put(t, d, lead.Lead{Name: "Ann"})
		if _, err := s.Update(ctx, l.ID, nil, lead.Change{Text: map[string]string{"email": "a@a.test"}}); err != nil {
			t.Fatal(err)
		}
		if err := s.Delete(ctx, l.ID, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Get(ctx, l.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("after deletion: %v", err)
		}
		if p, _ := s.List(ctx, lead.Query{Search: "ann"}); p.Total != 0 {
			t.Error("a deleted lead is found")
		}
		back, err := s.Restore(ctx, l.ID)
		if err != nil || back.Email != "a@a.test" {
			t.Fatalf("restored %+v, %v", back, err)
		}
		if err := s.Delete(ctx, l.ID, nil); err != nil {
			t.Fatal(err)
		}
		twin := put(t, d, lead.Lead{Name: "Twin"})
		if _, err := s.Update(ctx, twin.ID, nil, lead.Change{Text: map[string]string{"email": "a@a.test"}}); err != nil {
			t.Errorf("a deleted lead blocks a live one: %v", err)
		}
		if _, err := s.Restore(ctx, l.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("restore beside a twin: %v", err)
		}
	})
}

func TestBulkChangesOnlyWhatTheViewerMayChange(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		s, me, other := service(d), user(t, d), user(t, d)
		mine := put(t, d, lead.Lead{Name: "mine", OwnerID: &me, Source: "reddit"})
		free := put(t, d, lead.Lead{Name: "free", Source: "reddit"})
		put(t, d, lead.Lead{Name: "foreign", OwnerID: &other, Source: "reddit"})
		usr, adm := as(t, me, account.RoleUser), as(t, me, account.RoleAdmin)
		for i, c := range []struct {
			ctx    context.Context
			bulk   lead.Bulk
			n      int
			filter string // what the leads must now meet
			meet   int
		}{
			{usr, lead.Bulk{Filter: "source = reddit", Action: lead.ActionTag, Tags: []string{"hot"}}, 1, "tags has hot", 1},
			{usr, lead.Bulk{Filter: "source = reddit", Action: lead.ActionTag, Tags: []string{"hot"}}, 0, "tags has hot", 1},
			{usr, lead.Bulk{All: true, Action: lead.ActionAssign, Owner: &me}, 1, "owner = me", 2},
			{usr, lead.Bulk{Search: "fre", Action: lead.ActionStatus, Status: lead.StatusWon}, 1, "status = won", 1},
			{adm, lead.Bulk{All: true, Action: lead.ActionTag, Tags: []string{"x", "y"}}, 3, "tags has (x)", 3},
			{adm, lead.Bulk{IDs: []string{mine.ID}, Action: lead.ActionUntag, Tags: []string{"x"}}, 1, "tags has x", 2},
			{adm, lead.Bulk{IDs: []string{free.ID}, Action: lead.ActionAssign}, 1, "owner empty", 1},
			{adm, lead.Bulk{All: true, Action: lead.ActionDelete}, 3, "name != zz", 0},
			{adm, lead.Bulk{IDs: []string{free.ID, mine.ID}, Action: lead.ActionRestore}, 2, "name != zz", 2},
		} {
			got, err := s.Apply(c.ctx, c.bulk)
			if err != nil {
				t.Fatalf("%d: %v", i, err)
			}
			p, err := s.List(adm, lead.Query{Filter: c.filter})
			if err != nil {
				t.Fatal(err)
			}
			if len(got.IDs) != c.n || p.Total != c.meet {
				t.Errorf("%d: changed %d, want %d; then %d meet %q, want %d", i, len(got.IDs), c.n, p.Total, c.filter, c.meet)
			}
		}
		if got := kinds(adm, t, s, mine.ID); !slices.Equal(got, []string{"lead.restored<nil>", "lead.deleted<nil>", "lead.updated[tags]", "lead.updated[tags]", "lead.updated[tags]"}) {
			t.Errorf("events: %v", got)
		}
	})
}

func TestClaimGivesAFreeLeadToTheViewer(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		s, me := service(d), user(t, d)
		l := put(t, d, lead.Lead{Name: "free"})
		for range 2 {
			got, err := s.Claim(as(t, me, account.RoleUser), l.ID)
			if err != nil || *got.OwnerID != me || got.Version != 2 {
				t.Fatalf("%+v %v", got, err)
			}
		}
	})
}
