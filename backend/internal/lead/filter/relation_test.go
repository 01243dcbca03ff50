package filter_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/filter"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// hang puts on the leads of the test what other rooms keep: a draft for best 10 days ago, for good 20 days ago, for mid at
// 2026-02-28 12:00; a pair of low and raw that waits, and one of best and good that is two leads.
func hang(t *testing.T, d *db.DB) {
	t.Helper()
	now := testkit.Clock().Now()
	of := func(n string) string { return "01890000-0000-7000-8000-00000000000" + n }
	for n, at := range map[string]time.Time{"0": now.AddDate(0, 0, -10), "1": now.AddDate(0, 0, -20), "2": time.Date(2026, 2, 28, 12, 0, 0, 0, time.UTC)} {
		err := d.Write.Exec("INSERT INTO messages (id, lead_id, writer, subject, body, variables, created_at, updated_at) VALUES (?, ?, 'template', '', '', '{}', ?, ?)", of(n), of(n), at, at).Error
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range [][3]string{{"3", "4", "open"}, {"0", "1", "different"}} {
		err := d.Write.Exec("INSERT INTO duplicate_pairs (id, lead_a, lead_b, score, weights, model, state, created_at, updated_at) VALUES (?, ?, ?, 0.8, '[]', '', ?, ?, ?)",
			of(p[0]), of(p[0]), of(p[1]), p[2], now, now).Error
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestRelationsMeanTheSameOnBothDatabases(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		leads(t, d)
		hang(t, d)
		for in, want := range map[string]string{
			"drafted > -14d": "best mid", "drafted < -14d": "good", "drafted empty": "low raw", "not drafted empty": "best good mid",
			"not drafted > -14d":   "good low raw", // no draft in 14 days
			"drafted = 2026-02-28": "mid", "drafted != 2026-02-28": "best good low raw", "drafted >= 2026-02-28": "mid", "drafted > 2026-02-28": "", "drafted < 2026-02-28": "best good",
			"drafted <= 2026-02-28": "best good mid", "drafted = 2026-02-28T12:00:00Z": "mid", "drafted <= 2026-02-28T12:00:00Z": "best good mid", "drafted < 2026-02-28T12:00:00Z": "best good",
			"drafted > 2026-02-28T12:00:00Z": "", "drafted >= 2026-02-28T12:00:00Z": "mid", "drafted > 2026-02-28T11:59:59.999999Z": "mid",
			"twins = open": "low raw", "twins = different": "best good", "twins in (open,different)": "best good low raw", "twins != open": "best good mid", "twins empty": "mid", "not twins empty": "best good low raw",
			"twins = MERGED": "", "drafted > -14d and twins = different": "best", "grade >= B and not (twins = different)": "mid",
		} {
			got, err := found(t, d, in)
			if err != nil || got != want {
				t.Errorf("%s: %q, %v, want %q", in, got, err, want)
			}
		}
	})
}

func TestMistakesWithRelationsAreNamed(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"draftet > -14d":  `1: there is no field “draftet”. Did you mean "drafted"?`,
		"twins = opn":     `9: “opn” is not a twins; use one of open different merged skipped. Did you mean "open"?`,
		"twins > open":    "7: “>” does not work with twins; use one of = != in empty",
		"import empty":    "8: “empty” does not work with import; use one of = != in",
		"import = me":     "10: “me” is not an id",
		"drafted in (1d)": "9: “in” does not work with drafted",
	} {
		_, err := filter.Parse(in, env())
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", in, err, want)
		}
	}
	if _, err := filter.Parse("drafted > -14d", filter.Env{}); !fault.Is(err, fault.Invalid) {
		t.Error("a relation that no room declared is known")
	}
}

func TestFieldsNameWhatAFilterTakes(t *testing.T) {
	t.Parallel()
	all := filter.Fields(env().Relations)
	byName := map[string]filter.Field{}
	for _, f := range all {
		byName[f.Name] = f
		if _, err := filter.Parse(f.Name+" "+emptyOrID(f), env()); err != nil {
			t.Errorf("%s is offered and not understood: %v", f.Name, err)
		}
	}
	if f := byName["twins"]; f.Kind != "word" || !f.Related || !slices.Equal(f.Words, []string{"open", "different", "merged", "skipped"}) {
		t.Errorf("%+v", f)
	}
	if f := byName["grade"]; f.Kind != "grade" || f.Related || len(f.Words) != 5 || !slices.Contains(f.Operators, ">=") {
		t.Errorf("%+v", f)
	}
	if byName["drafted"].Kind != "time" || byName["import"].Kind != "of" {
		t.Errorf("%+v", all)
	}
}

func emptyOrID(f filter.Field) string {
	switch {
	case slices.Contains(f.Operators, "empty"):
		return "empty"
	case len(f.Words) > 0:
		return "= " + f.Words[0]
	}
	return "= " + me
}

// A17: a filter tells nothing of a lead that its viewer may not see, not even that there is one like it.
func TestA17_TwinsOfOthersAreAsIfTheyWereNot(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		leads(t, d)
		hang(t, d)
		other, now := "01890000-0000-7000-8000-0000000000bb", testkit.Clock().Now()
		if err := d.Write.Exec("INSERT INTO users (id, email, email_key, role, created_at, updated_at) VALUES (?, 'o', 'o', 'user', ?, ?)", other, now, now).Error; err != nil {
			t.Fatal(err)
		}
		if err := d.Write.Exec("UPDATE leads SET owner_id = ? WHERE name = 'raw'", other).Error; err != nil {
			t.Fatal(err)
		}
		store := lead.NewStore(d, testkit.Clock()).Relate(env().Relations...)
		for who, c := range map[string]struct {
			viewer account.Viewer
			want   string
		}{
			"admin":              {account.Viewer{UserID: me, Role: account.RoleAdmin}, "low raw"},
			"user":               {account.Viewer{UserID: me, Role: account.RoleUser}, ""},
			"owner of the other": {account.Viewer{UserID: other, Role: account.RoleUser}, "low raw"},
		} {
			ctx := account.With(t.Context(), c.viewer)
			p, err := store.List(ctx, lead.Query{Filter: "twins = open", Sort: "name"})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, l := range p.Items {
				got = append(got, l.Name)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s: %v, want %s", who, got, c.want)
			}
		}
	})
}
