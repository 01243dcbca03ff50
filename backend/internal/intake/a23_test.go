package intake_test

import (
	"context"
	"strings"
	"testing"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/testkit"
)

// now tells one answer for every user.
type now struct {
	viewer account.Viewer
	err    error
}

func (n now) ViewerOf(context.Context, string) (account.Viewer, error) { return n.viewer, n.err }

func TestA23_AQueuedImportStopsWhenItsStarterMayNoLonger(t *testing.T) {
	t.Parallel()
	d := testkit.SQLite(t)
	for name, who := range map[string]now{
		"gone":              {err: fault.New(fault.Unauthenticated, "user_gone", "Gone.")},
		"only a viewer now": {viewer: account.Viewer{UserID: id.New(), Role: account.RoleViewer, Kind: account.KindSession}},
	} {
		h := newHouseWith(t, d, intake.Config{Actors: who})
		starter := account.With(t.Context(), account.Viewer{UserID: id.New(), Role: account.RoleUser, Kind: account.KindSession})
		p, err := h.Upload(starter, "leads.csv", strings.NewReader("name,email\nAnn Ray,ann@ray.example\n"), intake.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Start(starter, p.Import.ID, intake.Options{}); err != nil {
			t.Fatal(err)
		}
		imp, err := h.Run(account.With(t.Context(), account.System()), p.Import.ID, nil)
		if !fault.Is(err, fault.Forbidden) || imp.Status != intake.Failed {
			t.Errorf("%s: the import is %s, %v", name, imp.Status, err)
		}
		if n := len(h.leads(t)); n != 0 {
			t.Errorf("%s: %d leads came in", name, n)
		}
	}
}
