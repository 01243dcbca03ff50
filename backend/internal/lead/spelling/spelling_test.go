package spelling_test

import (
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/event"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/spelling"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// seed stores leads with their events, as intake does, and lets the speller read them.
func seed(t *testing.T, d *db.DB, leads ...lead.Lead) (*lead.Store, *spelling.Speller) {
	t.Helper()
	c := testkit.Clock()
	log := event.New(d, c, nil)
	err := d.Tx(t.Context(), func(tx *gorm.DB) error {
		for i := range leads {
			l := &leads[i]
			l.ID, l.CreatedAt, l.UpdatedAt, l.LastActivityAt, l.Version, l.Score, l.Status = id.New(), c.Now(), c.Now(), c.Now(), 1, lead.NoScore, lead.StatusNew
			l.Tags, l.Custom = db.NewJSON([]string{}), db.NewJSON(map[string]string{})
			if err := tx.Create(l).Error; err != nil {
				return err
			}
			if err := log.Append(tx, event.Event{Type: "lead.found", SubjectKind: "lead", SubjectID: l.ID}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s := spelling.New(d)
	for more := true; more; {
		if more, err = log.Follow(t.Context(), s.Follower()); err != nil {
			t.Fatal(err)
		}
	}
	return lead.NewStore(d, c).MendBy(s), s
}

func TestAMisspeltSearchFindsWhatWasMeant(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		mine, theirs := id.New(), id.New()
		for _, u := range []string{mine, theirs} {
			if err := d.Write.Exec("INSERT INTO users (id, email, email_key, role, created_at, updated_at) VALUES (?, ?, ?, 'user', ?, ?)", u, u, u, testkit.Clock().Now(), testkit.Clock().Now()).Error; err != nil {
				t.Fatal(err)
			}
		}
		store, s := seed(t, d,
			lead.Lead{Name: "John Smith", Company: "Müller Maschinenbau", Title: "Procurement manager"},
			lead.Lead{Name: "Анна Иванова", Company: "Завод", Content: "we lose orders in spreadsheets"},
			lead.Lead{Name: "Secret Zanzibari", OwnerID: &theirs},
		)
		ctx := account.With(t.Context(), account.System())
		for typed, want := range map[string]struct{ mended, finds string }{
			"smith":            {"", "John Smith"},
			"jhon smtih":       {"john smith", "John Smith"},
			"john smiht":       {"john smith", "John Smith"},
			"mulller":          {"muller", "John Smith"},
			"MASCHINENBUA":     {"maschinenbau", "John Smith"},
			"procurment mager": {"", ""}, // the second is no word's near neighbour, and both must be found
			"spredsheets":      {"spreadsheets", "Анна Иванова"},
			"ивонова":          {"иванова", "Анна Иванова"},
			"jo":               {"", "John Smith"}, // short words are let alone
			"qqqqqq":           {"", ""},
			"smith'); DROP":    {"", ""},
		} {
			p, err := store.List(ctx, lead.Query{Search: typed})
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, l := range p.Items {
				names = append(names, l.Name)
			}
			if typed == "jo" { // two letters stand for themselves alone
				want.finds = ""
			}
			if got := strings.Join(names, ","); got != want.finds || p.Mended != want.mended {
				t.Errorf("%q finds %q by %q, want %q by %q", typed, got, p.Mended, want.finds, want.mended)
			}
			if p.Mended != "" && len(p.Highlights) == 1 && len(p.Highlights[0]) == 0 {
				t.Errorf("%q: nothing is marked", typed)
			}
		}
		// A5: the words of leads that somebody may not see are not told by mending.
		user := account.With(t.Context(), account.Viewer{UserID: mine, Role: account.RoleUser})
		if p, err := store.List(user, lead.Query{Search: "zanzibarri"}); err != nil || p.Mended != "" || p.Total != 0 {
			t.Errorf("%+v %v", p, err)
		}
		words, changed, err := s.Mend(ctx, []string{"zanzibarri", "jhon"})
		if err != nil || !changed || !slices.Equal(words, []string{"zanzibari", "john"}) {
			t.Errorf("%v %v %v", words, changed, err)
		}
	})
}

// The next page of a mended search is read by the words that were answered.
func TestAMendedSearchGoesOn(t *testing.T) {
	t.Parallel()
	var leads []lead.Lead
	for range 5 {
		leads = append(leads, lead.Lead{Name: "John Smith"})
	}
	store, _ := seed(t, testkit.SQLite(t), leads...)
	ctx := account.With(t.Context(), account.System())
	first, err := store.List(ctx, lead.Query{Search: "smiht", Limit: 3})
	if err != nil || len(first.Items) != 3 || first.Total != 5 {
		t.Fatalf("%+v %v", first, err)
	}
	next, err := store.List(ctx, lead.Query{Search: first.Mended, Limit: 3, Cursor: first.Next})
	if err != nil || len(next.Items) != 2 || next.Mended != "" {
		t.Errorf("%+v %v", next, err)
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	got := spelling.Words("John SMITH-Müller, a b2b ACME", "john; "+strings.Repeat("x", 40)+" ÉCOLE don't")
	if want := []string{"acme", "ecole", "john", "muller", "smith"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Every word of some length is found again with any one mistake in it, and every longer one with any two swaps.
func TestEveryMistakeIsMended(t *testing.T) {
	t.Parallel()
	words := []string{"john", "smith", "jacobs", "maschin", "industry", "procurement"}
	_, s := seed(t, testkit.SQLite(t), lead.Lead{Name: strings.Join(words, " ")})
	for _, w := range words {
		for i := range len(w) {
			wrong := map[string]string{"dropped": w[:i] + w[i+1:], "doubled": w[:i] + w[i:i+1] + w[i:], "changed": w[:i] + "q" + w[i+1:]}
			if i+1 < len(w) {
				wrong["swapped"] = w[:i] + w[i+1:i+2] + w[i:i+1] + w[i+2:]
			}
			for how, typed := range wrong {
				if len(typed) < 4 || strings.HasPrefix(w, typed) {
					continue // too short to be mended, or found as a beginning
				}
				got, _, err := s.Mend(t.Context(), []string{typed})
				if err != nil || got[0] != w {
					t.Errorf("%s: %q is mended to %v, want %q; %v", how, typed, got, w, err)
				}
			}
		}
	}
}
