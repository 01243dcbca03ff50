package lead_test

import (
	"slices"
	"testing"

	"winnow/backend/internal/account"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

func TestA14_SelectionsHoldOnlyWhatTheViewerSees(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		me, other := user(t, d), user(t, d)
		mine := put(t, d, lead.Lead{Name: "mine", OwnerID: &me, Score: 10, Grade: "C"})
		free := put(t, d, lead.Lead{Name: "free", Score: 90, Grade: "A+"})
		foreign := put(t, d, lead.Lead{Name: "foreign", OwnerID: &other, Score: 95, Grade: "A+"})
		all := []string{mine.ID, foreign.ID, free.ID, free.ID, id.New(), "no id"}
		for name, c := range map[string]struct {
			ids  []string
			want []string
		}{
			"by ids":    {all, []string{free.ID, mine.ID}},
			"by filter": {nil, []string{free.ID, mine.ID}},
		} {
			got, err := store(d).SelectIDs(as(t, me, account.RoleUser), c.ids, "score > 0", "", 100)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
		ls, err := store(d).ByIDs(as(t, me, account.RoleUser), all)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(names(ls), []string{"mine", "free"}) {
			t.Errorf("ByIDs: %v", names(ls))
		}
		if none, err := store(d).SelectIDs(t.Context(), nil, "", "", 100); err != nil || len(none) != 0 {
			t.Errorf("without a viewer: %v %v", none, err)
		}
	})
}
