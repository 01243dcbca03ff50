package duplicate_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/duplicate"
	"winnow/backend/internal/lead/merging"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

type house struct {
	tb    testing.TB
	d     *db.DB
	clock *clock.Virtual
	merge *merging.Service
	pairs *duplicate.Service
}

func open(tb testing.TB, d *db.DB) *house {
	tb.Helper()
	c := testkit.Clock()
	log := event.New(d, c, nil)
	leads := lead.NewService(lead.NewStore(d, c), log, nil)
	m := merging.New(merging.Deps{DB: d, Clock: c, Events: log, Leads: leads, Children: lead.Children()})
	p := duplicate.New(d, c, log, m)
	log.On(merging.EventMerged, p.Merged)
	log.On(merging.EventUnmerged, p.Unmerged)
	return &house{tb, d, c, m, p}
}

func boss(tb testing.TB) context.Context {
	tb.Helper()
	return account.With(tb.Context(), account.System())
}

func (h *house) user() (string, context.Context) {
	h.tb.Helper()
	u := id.New()
	err := h.d.Write.Exec(`INSERT INTO users (id, email, email_key, role, created_at, updated_at) VALUES (?, ?, ?, 'user', ?, ?)`, u, u+"@winnow.test", u+"@winnow.test", h.clock.Now(), h.clock.Now()).Error
	if err != nil {
		h.tb.Fatal(err)
	}
	return u, account.With(h.tb.Context(), account.Viewer{UserID: u, Role: account.RoleUser, Kind: account.KindSession})
}

// people stores n leads of an owner.
func (h *house) people(n int, owner *string) []string {
	h.tb.Helper()
	ls := make([]lead.Lead, n)
	ids := make([]string, n)
	for i := range ls {
		h.clock.Advance(time.Minute)
		now := h.clock.Now()
		ls[i] = lead.Lead{ID: id.New(), Name: fmt.Sprint("P", i), Status: lead.StatusNew, Score: lead.NoScore, OwnerID: owner, Tags: db.NewJSON([]string{}), Custom: db.NewJSON(map[string]string{}), CreatedAt: now, UpdatedAt: now, LastActivityAt: now, Version: 1}
		ids[i] = ls[i].ID
	}
	if err := h.d.Tx(h.tb.Context(), func(tx *gorm.DB) error { return tx.Create(&ls).Error }); err != nil {
		h.tb.Fatal(err)
	}
	return ids
}

func (h *house) found(fs ...duplicate.Found) int {
	h.tb.Helper()
	h.clock.Advance(time.Minute)
	n := 0
	err := h.d.Tx(h.tb.Context(), func(tx *gorm.DB) (err error) {
		n, err = h.pairs.Record(tx, fs)
		return err
	})
	if err != nil {
		h.tb.Fatal(err)
	}
	return n
}

func pair(a, b string, score float64) duplicate.Found {
	return duplicate.Found{A: a, B: b, Score: score, Model: "1", Weights: []duplicate.Weight{{Field: "name", Agreement: "same", Bits: 8.25}, {Field: "email", Agreement: "differs", Bits: -2}}}
}

func (h *house) list(state duplicate.State) []duplicate.Both {
	h.tb.Helper()
	p, err := h.pairs.List(boss(h.tb), duplicate.Query{State: state, Max: 1, Limit: 200})
	if err != nil {
		h.tb.Fatal(err)
	}
	return p.Items
}

func (h *house) judge(p duplicate.Both, v duplicate.Verdict) *merging.Outcome {
	h.tb.Helper()
	_, m, err := h.pairs.Judge(boss(h.tb), p.ID, duplicate.Ruling{Verdict: v})
	if err != nil {
		h.tb.Fatal(err)
	}
	return m
}

func TestTheQueueShowsTheSurestFirstPageByPage(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		ids := h.people(8, nil)
		h.found(pair(ids[1], ids[0], 0.9), pair(ids[2], ids[3], 0.95), pair(ids[4], ids[5], 0.9), pair(ids[6], ids[7], 1.0/3))
		var got []float64
		q := duplicate.Query{State: duplicate.Open, Max: 1, Limit: 1}
		for {
			p, err := h.pairs.List(boss(t), q)
			if err != nil {
				t.Fatal(err)
			}
			if p.Total != 4 || p.TotalCapped {
				t.Errorf("total %d %v", p.Total, p.TotalCapped)
			}
			for _, b := range p.Items {
				got = append(got, b.Score)
				if b.LeadA >= b.LeadB || b.A.ID != b.LeadA || b.B.ID != b.LeadB || len(b.Weights.V) != 2 || b.Weights.V[0].Bits != 8.25 {
					t.Errorf("%+v", b.Pair)
				}
			}
			if q.Cursor = p.Next; q.Cursor == "" {
				break
			}
		}
		if !slices.Equal(got, []float64{0.95, 0.9, 0.9, 1.0 / 3}) {
			t.Errorf("scores %v", got)
		}
		p, err := h.pairs.List(boss(t), duplicate.Query{State: duplicate.Open, Min: 0.9, Max: 0.94, LeadID: ids[0], Limit: 10})
		if err != nil || len(p.Items) != 1 {
			t.Errorf("of one lead: %d, %v", len(p.Items), err)
		}
		for _, bad := range []string{"x", "e30", "eyJzIjoxfQ"} {
			if _, err := h.pairs.List(boss(t), duplicate.Query{State: duplicate.Open, Max: 1, Limit: 1, Cursor: bad}); !fault.Is(err, fault.Invalid) {
				t.Errorf("cursor %q: %v", bad, err)
			}
		}
	})
}

func TestAVerdictStaysWhateverIsFoundLater(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		ids := h.people(4, nil)
		h.found(pair(ids[0], ids[1], 0.9), pair(ids[2], ids[3], 0.8))
		open := h.list(duplicate.Open)
		h.judge(open[0], duplicate.SayDifferent)
		h.judge(open[1], duplicate.SaySkip)
		if n := h.found(pair(ids[1], ids[0], 0.99), pair(ids[2], ids[3], 0.85)); n != 1 {
			t.Errorf("%d pairs were kept", n)
		}
		different, skipped := h.list(duplicate.Different), h.list(duplicate.Skipped)
		if len(h.list(duplicate.Open)) != 0 || len(different) != 1 || different[0].Score != 0.9 || len(skipped) != 1 || skipped[0].Score != 0.85 {
			t.Errorf("different %+v, skipped %+v", different, skipped)
		}
		h.judge(different[0], duplicate.SayOpen)
		if got := h.list(duplicate.Open); len(got) != 1 || got[0].JudgedAt != nil {
			t.Errorf("opened again: %+v", got)
		}
		h.clock.Advance(time.Minute)
		since := h.clock.Now()
		h.found(pair(ids[0], ids[2], 0.7))
		if n, err := h.pairs.Forget(boss(t), since); err != nil || n != 1 || len(h.list(duplicate.Open)) != 1 {
			t.Errorf("%d forgotten, %v", n, err)
		}
	})
}

// Who is different from a lead is different from the one that stands for it, too.
func TestWhatIsDifferentFromAMergedLeadIsDifferentFromItsSurvivor(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		ids := h.people(4, nil)
		a, b, c, x := ids[0], ids[1], ids[2], ids[3]
		h.found(pair(b, x, 0.9))
		h.judge(h.list(duplicate.Open)[0], duplicate.SayDifferent)
		for _, m := range [][2]string{{b, c}, {a, c}} { // b into c, c's tree under a
			if _, err := h.merge.Merge(boss(t), merging.Request{Survivor: m[1], Merged: []string{m[0]}}); err != nil {
				t.Fatal(err)
			}
		}
		if n := h.found(pair(c, x, 0.99)); n != 0 {
			t.Errorf("%d pairs were kept", n)
		}
	})
}

func TestMergingAndUndoingMoveThePairAlong(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		ids := h.people(3, nil)
		h.found(pair(ids[0], ids[1], 0.9), pair(ids[1], ids[2], 0.8), pair(ids[0], ids[2], 0.7))
		m := h.judge(h.list(duplicate.Open)[0], duplicate.SayMerge)
		if m == nil || m.Survivor.ID != ids[0] {
			t.Fatalf("the older one of two equals stays: %+v", m)
		}
		if open, merged := h.list(duplicate.Open), h.list(duplicate.Merged); len(open) != 1 || open[0].Score != 0.7 || len(merged) != 1 {
			t.Errorf("open %d, merged %d", len(open), len(merged))
		}
		n := h.judge(h.list(duplicate.Open)[0], duplicate.SayMerge)
		if len(h.list(duplicate.Merged)) != 3 {
			t.Error("pairs within one lead are merged pairs")
		}
		if _, _, err := h.pairs.Judge(boss(t), h.list(duplicate.Merged)[0].ID, duplicate.Ruling{Verdict: duplicate.SayDifferent}); fault.CodeOf(err) != "duplicate_over" {
			t.Errorf("judging what is merged: %v", err)
		}
		if _, err := h.merge.Undo(boss(t), m.ID, nil, false); err != nil {
			t.Fatal(err)
		}
		different := h.list(duplicate.Different)
		if len(different) != 1 || different[0].Score != 0.9 {
			t.Errorf("after the undoing: %+v", different)
		}
		if _, err := h.merge.Undo(boss(t), n.ID, nil, false); err != nil {
			t.Fatal(err)
		}
		if len(h.list(duplicate.Different)) != 2 || len(h.list(duplicate.Open)) != 1 || len(h.list(duplicate.Merged)) != 0 {
			t.Errorf("at the end: %d different, %d open", len(h.list(duplicate.Different)), len(h.list(duplicate.Open)))
		}
	})
}

func TestOneVerdictOnAllOfAConfidence(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		ids := h.people(7, nil)
		a, b, c, x, y, z, w := ids[0], ids[1], ids[2], ids[3], ids[4], ids[5], ids[6]
		h.found(pair(a, x, 0.91))
		h.judge(h.list(duplicate.Open)[0], duplicate.SayDifferent)
		h.found(pair(a, b, 0.99), pair(b, c, 0.98), pair(a, c, 0.97), pair(c, x, 0.96), pair(y, z, 0.5), pair(y, w, 0.4))
		all := duplicate.Bulk{Min: 0.9, Max: 1, Verdict: duplicate.SayMerge, DryRun: true}
		if got, err := h.pairs.JudgeAll(boss(t), all); err != nil || got.Count != 4 || len(h.list(duplicate.Open)) != 6 {
			t.Errorf("dry: %+v, %v", got, err)
		}
		all.DryRun = false
		got, err := h.pairs.JudgeAll(boss(t), all)
		if err != nil || got.Count != 3 || got.Skipped != 1 || len(got.Merges) != 2 || got.Left != 0 {
			t.Errorf("merged: %+v, %v", got, err)
		}
		members, err := lead.Members(d.Read, a)
		if err != nil || len(members) != 3 || slices.Contains(members, x) {
			t.Errorf("members %v, %v", members, err)
		}
		if got, err = h.pairs.JudgeAll(boss(t), duplicate.Bulk{Max: 1, Verdict: duplicate.SayDifferent}); err != nil || got.Count != 2 || len(h.list(duplicate.Different)) != 3 {
			t.Errorf("different: %+v, %v, %d", got, err, len(h.list(duplicate.Different)))
		}
	})
}

func TestA14_PairsOfOthersAreAsIfTheyWereNot(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		me, mine := h.user()
		other, _ := h.user()
		own, theirs, free := h.people(2, &me), h.people(2, &other), h.people(2, nil)
		h.found(pair(own[0], own[1], 0.9), pair(own[0], theirs[0], 0.9), pair(theirs[0], theirs[1], 0.9), pair(own[1], free[0], 0.9), pair(free[0], free[1], 0.9))
		p, err := h.pairs.List(mine, duplicate.Query{State: duplicate.Open, Max: 1, Limit: 10})
		if err != nil || len(p.Items) != 3 || p.Total != 3 {
			t.Fatalf("sees %d of %d, %v", len(p.Items), p.Total, err)
		}
		for _, b := range h.list(duplicate.Open) {
			foreign := slices.Contains(theirs, b.LeadA) || slices.Contains(theirs, b.LeadB)
			unowned := slices.Contains(free, b.LeadA) || slices.Contains(free, b.LeadB)
			for _, v := range []duplicate.Verdict{duplicate.SayMerge, duplicate.SayDifferent, duplicate.SaySkip} {
				_, _, err := h.pairs.Judge(mine, b.ID, duplicate.Ruling{Verdict: v, Version: new(99)})
				want := fault.Stale
				switch {
				case foreign:
					want = fault.NotFound
				case unowned:
					want = fault.Forbidden
				}
				if !fault.Is(err, want) {
					t.Errorf("foreign %v, unowned %v, %s: %v", foreign, unowned, v, err)
				}
			}
		}
		got, err := h.pairs.JudgeAll(mine, duplicate.Bulk{Max: 1, Verdict: duplicate.SaySkip})
		if err != nil || got.Count != 1 || got.Skipped != 2 || len(h.list(duplicate.Open)) != 4 {
			t.Errorf("bulk: %+v, %v", got, err)
		}
	})
}
