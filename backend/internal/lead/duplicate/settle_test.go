package duplicate_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/riverqueue/river"
	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/duplicate"
	"winnow/backend/internal/lead/merging"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/settings"
	"winnow/backend/internal/testkit"
)

// asked counts the jobs that are inserted.
type asked struct{ n int }

func (a *asked) InsertTx(*gorm.DB, river.JobArgs, *river.InsertOpts) error {
	a.n++
	return nil
}

// settling lets the house merge by itself; leads whose industry is "doubt" never fit in a group.
func (h *house) settling(on bool) *asked {
	h.tb.Helper()
	jobs := &asked{}
	doubts := func(ls []lead.Lead) bool {
		return slices.ContainsFunc(ls, func(l lead.Lead) bool { return l.Industry == "doubt" })
	}
	h.pairs.Settling(duplicate.Auto{
		Settings: settings.New(h.d, h.clock, event.New(h.d, h.clock, nil), "EUR"), Jobs: jobs, From: 0.99,
		Sure: func(_ *gorm.DB, a, b *lead.Lead, as, bs []lead.Lead) (sure, held bool, err error) {
			return !doubts(as) && !doubts(bs), a.Title != b.Title, nil
		},
	})
	h.decide(duplicate.PolicyChange{MergeSure: &on})
	return jobs
}

func (h *house) decide(c duplicate.PolicyChange) {
	h.tb.Helper()
	if _, _, err := h.pairs.SetPolicy(boss(h.tb), nil, c); err != nil {
		h.tb.Fatal(err)
	}
}

func (h *house) settle() int {
	h.tb.Helper()
	n, err := h.pairs.Settle(h.tb.Context())
	if err != nil {
		h.tb.Fatal(err)
	}
	return n
}

func (h *house) set(leadID, column string, v any) {
	h.tb.Helper()
	if err := h.d.Write.Exec("UPDATE leads SET "+column+" = ? WHERE id = ?", v, leadID).Error; err != nil {
		h.tb.Fatal(err)
	}
}

func TestSurePairsAreMergedOnlyWhenThatIsThePolicy(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		jobs := h.settling(false)
		ids := h.people(4, nil)
		h.found(pair(ids[0], ids[1], 0.995), pair(ids[2], ids[3], 0.98))
		if n := h.settle(); n != 0 || jobs.n != 0 {
			t.Fatalf("off: %d merged, %d jobs", n, jobs.n)
		}
		if n, err := h.pairs.Waiting(boss(t)); err != nil || n != 1 {
			t.Errorf("%d wait, %v", n, err)
		}
		h.decide(duplicate.PolicyChange{MergeSure: new(true), Rule: new(merging.RuleLongest), Rules: &map[string]merging.Rule{"name": merging.RuleNewest}})
		if jobs.n != 1 {
			t.Errorf("switching it on asks for %d jobs", jobs.n)
		}
		if n := h.settle(); n != 1 {
			t.Fatalf("on: %d merged", n)
		}
		if n := h.settle(); n != 0 {
			t.Errorf("again: %d", n)
		}
		p, err := h.merge.Automatic(boss(t), merging.Query{Limit: 10})
		if err != nil || p.Total != 1 || len(p.Items) != 1 || !p.Items[0].Automatic || p.Items[0].ActorID != nil || p.Items[0].Rule != merging.RuleLongest {
			t.Fatalf("%+v %v", p, err)
		}
		if m := p.Items[0]; *m.PairID != h.list(duplicate.Merged)[0].ID || m.Into != ids[0] || h.shown(ids[0]).Name != "P1" {
			t.Errorf("%+v, called %s", m, h.shown(ids[0]).Name)
		}
		// Undone, the two are different for good.
		if _, err := h.merge.Undo(boss(t), p.Items[0].ID, nil, false); err != nil {
			t.Fatal(err)
		}
		h.found(pair(ids[0], ids[1], 0.999))
		if n := h.settle(); n != 0 || len(h.list(duplicate.Different)) != 1 {
			t.Errorf("after the undoing %d are merged again", n)
		}
		if p, err = h.merge.Automatic(boss(t), merging.Query{State: merging.Undone, Limit: 10}); err != nil || len(p.Items) != 1 {
			t.Errorf("undone: %+v, %v", p, err)
		}
	})
}

func (h *house) shown(leadID string) lead.Lead {
	h.tb.Helper()
	var l lead.Lead
	if err := h.d.Read.Where("id = ?", leadID).Take(&l).Error; err != nil {
		h.tb.Fatal(err)
	}
	return l
}

// What is not merged without a person's word, and why.
func TestWhatIsLeftToPeople(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		h.settling(true)
		me, _ := h.user()
		other, _ := h.user()
		for _, c := range []struct {
			name string
			make func(a, b string)
			want string
		}{
			{"nothing in the way", func(string, string) {}, ""},
			{"one owner", func(a, b string) { h.set(a, "owner_id", me); h.set(b, "owner_id", me) }, ""},
			{"two owners", func(a, b string) { h.set(a, "owner_id", me); h.set(b, "owner_id", other) }, "owners"},
			{"an owner and nobody", func(a, _ string) { h.set(a, "owner_id", me) }, "owners"},
			{"one must not be contacted", func(a, _ string) { h.set(a, "custom", `{"do_not_contact":"yes"}`) }, "consent"},
			{"neither may be contacted", func(a, b string) {
				h.set(a, "custom", `{"do_not_contact":"yes"}`)
				h.set(b, "custom", `{"opted_out":"1"}`)
			}, ""},
			{"names that differ outright", func(a, _ string) { h.set(a, "title", "x") }, "names"},
			{"not that sure as they are now", func(_, b string) { h.set(b, "industry", "doubt") }, "doubt"},
		} {
			ids := h.people(2, nil)
			c.make(ids[0], ids[1])
			h.found(pair(ids[0], ids[1], 0.999))
			n := h.settle()
			open := h.list(duplicate.Open)
			if (c.want == "") != (n == 1) || c.want == "" && len(open) != 0 || c.want != "" && (len(open) != 1 || open[0].HeldBy() != c.want) {
				t.Errorf("%s: %d merged, %d wait, held by %q", c.name, n, len(open), heldBy(open))
			}
			for _, b := range open {
				h.judge(b, duplicate.SaySkip)
			}
		}
		// What held a pair is asked anew when the pair is found again.
		ids := h.people(2, nil)
		h.set(ids[0], "custom", `{"do_not_contact":"yes"}`)
		h.found(pair(ids[0], ids[1], 0.999))
		h.settle()
		h.set(ids[0], "custom", `{}`)
		h.found(pair(ids[0], ids[1], 0.998))
		if n := h.settle(); n != 1 {
			t.Errorf("%d merged once nothing is in the way", n)
		}
		// Different from one of a group is different from the group.
		ids = h.people(3, nil)
		h.found(pair(ids[1], ids[2], 0.5))
		h.judge(h.list(duplicate.Open)[0], duplicate.SayDifferent)
		h.found(pair(ids[0], ids[1], 0.999), pair(ids[0], ids[2], 0.995))
		if n, open := h.settle(), h.list(duplicate.Open); n != 1 || len(open) != 1 || open[0].HeldBy() != "doubt" {
			t.Errorf("%d merged, held by %q", n, heldBy(open))
		}
	})
}

func heldBy(ps []duplicate.Both) string {
	var out []string
	for i := range ps {
		out = append(out, ps[i].HeldBy())
	}
	return strings.Join(out, " ")
}

// Several processes at the same pairs, beside people who judge them: nothing is merged twice, and nothing fails.
func TestSeveralMergeByThemselvesAtOnce(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		h.settling(true)
		ids := h.people(16, nil)
		var fs []duplicate.Found
		for i := range ids[1:] { // a chain: all become one, save the one that is told apart
			fs = append(fs, pair(ids[i], ids[i+1], 0.99+float64(i)/10_000))
		}
		h.found(fs...)
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				if _, err := h.pairs.Settle(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Go(func() {
			last := h.list(duplicate.Open)
			if len(last) == 0 {
				return
			}
			_, _, err := h.pairs.Judge(boss(t), last[len(last)-1].ID, duplicate.Ruling{Verdict: duplicate.SayDifferent})
			if err != nil && !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		})
		wg.Wait()
		h.settle()
		var merges, different, tombs int64
		for table, n := range map[string]*int64{"merges": &merges, "leads": &tombs, "duplicate_pairs": &different} {
			q := d.Read.Table(table)
			switch table {
			case "leads":
				q = q.Where("merged_into IS NOT NULL")
			case "duplicate_pairs":
				q = q.Where("state = ?", duplicate.Different)
			}
			if err := q.Count(n).Error; err != nil {
				t.Fatal(err)
			}
		}
		if merges != tombs || merges+different < 14 || merges > 15 {
			t.Errorf("%d merges, %d leads went into others, %d pairs are different", merges, tombs, different)
		}
	})
}

func TestThePolicyIsChangedOneVersionAtATime(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		h.settling(false)
		for i, c := range []struct {
			version *int
			change  duplicate.PolicyChange
			want    int
			fault   fault.Kind
		}{
			{new(0), duplicate.PolicyChange{MergeSure: new(true)}, 1, ""},
			{new(0), duplicate.PolicyChange{MergeSure: new(false)}, 0, fault.Stale},
			{new(1), duplicate.PolicyChange{MergeSure: new(true)}, 1, ""},
			{nil, duplicate.PolicyChange{Rule: new(merging.Rule("best"))}, 0, fault.Invalid},
			{nil, duplicate.PolicyChange{Rules: &map[string]merging.Rule{"tags": merging.RuleNewest}}, 0, fault.Invalid},
			{nil, duplicate.PolicyChange{Rules: &map[string]merging.Rule{"phone": merging.RuleNewest}}, 2, ""},
			{nil, duplicate.PolicyChange{Rules: &map[string]merging.Rule{}}, 3, ""},
		} {
			_, v, err := h.pairs.SetPolicy(boss(t), c.version, c.change)
			if fault.KindOf(err) != c.fault || v != c.want {
				t.Errorf("%d: version %d, %v", i, v, err)
			}
		}
		p, v, err := h.pairs.Policy(boss(t))
		if err != nil || v != 3 || !p.MergeSure || len(p.Rules) != 0 || p.Rule != merging.RuleSurvivor {
			t.Errorf("%+v %d %v", p, v, err)
		}
	})
}
