package lead_test

import (
	"testing"

	"winnow/backend/internal/account"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

func TestA17_ABulkEditIsPreviewedMadeAndUndoneByItsMakerAlone(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		s := lead.NewService(store(d), event.New(d, testkit.Clock(), nil), nil)
		me, other := user(t, d), user(t, d)
		mine, theirs := as(t, me, account.RoleUser), as(t, other, account.RoleUser)
		one := put(t, d, lead.Lead{Name: "One", Industry: "Retail", OwnerID: &me})
		two := put(t, d, lead.Lead{Name: "Two", Industry: "Food", OwnerID: &me})
		same := put(t, d, lead.Lead{Name: "Same", Industry: "Logistics", OwnerID: &me, Status: lead.StatusWon})
		foreign := put(t, d, lead.Lead{Name: "Foreign", Industry: "Retail", OwnerID: &other})
		won := lead.StatusWon
		b := lead.Bulk{
			IDs: []string{one.ID, two.ID, same.ID, foreign.ID}, Action: lead.ActionEdit,
			Set: lead.Change{Text: map[string]string{"industry": "Logistics"}, Status: &won},
		}
		b.DryRun = true
		if got, err := s.Apply(mine, b); err != nil || got.Count != 2 || got.Skipped != 2 || len(got.Sample) != 2 || got.ID != "" {
			t.Fatalf("dry run: %v %+v", err, got)
		}
		if l, _ := s.Get(mine, one.ID); l.Industry != "Retail" || l.Version != 1 {
			t.Fatalf("a dry run changed %+v", l)
		}
		b.DryRun = false
		done, err := s.Apply(mine, b)
		if err != nil || done.Count != 2 || done.Skipped != 2 || done.ID == "" {
			t.Fatalf("%v %+v", err, done)
		}
		if l, _ := s.Get(theirs, foreign.ID); l.Industry != "Retail" {
			t.Error("a foreign lead was changed")
		}
		if _, err := s.Update(mine, two.ID, nil, lead.Change{Text: map[string]string{"industry": "Mining"}}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Undo(theirs, done.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("somebody else undoes: %v", err)
		}
		if back, err := s.Undo(mine, done.ID); err != nil || back.Count != 2 || back.Skipped != 0 {
			t.Errorf("undo: %v %+v", err, back)
		}
		if l, _ := s.Get(mine, one.ID); l.Industry != "Retail" || l.Status != lead.StatusNew {
			t.Errorf("not put back: %+v", l)
		}
		if l, _ := s.Get(mine, two.ID); l.Industry != "Mining" || l.Status != lead.StatusNew {
			t.Errorf("what was changed since is not left alone, or the rest not put back: %+v", l)
		}
		if _, err := s.Undo(mine, done.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("undone twice: %v", err)
		}
	})
}

func TestABulkDeletionAndAnAssignmentAreUndone(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		s := lead.NewService(store(d), event.New(d, testkit.Clock(), nil), nil)
		me := user(t, d)
		ctx := as(t, me, account.RoleUser)
		l := put(t, d, lead.Lead{Name: "One"})
		for _, b := range []lead.Bulk{
			{Filter: "name = One", Action: lead.ActionAssign, Owner: &me},
			{IDs: []string{l.ID}, Action: lead.ActionDelete},
		} {
			if b.Action == lead.ActionDelete {
				exec(t, d, "UPDATE leads SET owner_id = ? WHERE id = ?", me, l.ID)
			}
			done, err := s.Apply(ctx, b)
			if err != nil || done.Count != 1 {
				t.Fatalf("%s: %v %+v", b.Action, err, done)
			}
			back, err := s.Undo(ctx, done.ID)
			if err != nil || back.Count != 1 {
				t.Errorf("undo %s: %v %+v", b.Action, err, back)
			}
			got, err := s.Get(ctx, l.ID)
			if err != nil || b.Action == lead.ActionAssign && got.OwnerID != nil {
				t.Errorf("after undoing %s: %v %+v", b.Action, err, got)
			}
		}
		if _, err := s.Apply(ctx, lead.Bulk{IDs: []string{l.ID}, Action: lead.ActionEdit, Set: lead.Change{Text: map[string]string{"email": "x@y.example"}}}); !fault.Is(err, fault.Invalid) {
			t.Errorf("one address for many: %v", err)
		}
	})
}
