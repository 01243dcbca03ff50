package resolution_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/id"
	"winnow/backend/internal/intake/resolution"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/duplicate"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

type house struct {
	*resolution.Service
	d     *db.DB
	log   *event.Log
	clock *clock.Virtual
	pairs *duplicate.Service
	ctx   context.Context
}

func newHouse(t *testing.T, d *db.DB) *house {
	t.Helper()
	c := clock.NewVirtual(time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC))
	log := event.New(d, c, nil)
	pairs := duplicate.New(d, c, log, nil)
	return &house{resolution.New(d, c, log, pairs, nil), d, log, c, pairs, account.With(t.Context(), account.System())}
}

// put stores leads with the events that intake tells.
func (h *house) put(t *testing.T, leads ...lead.Lead) []lead.Lead {
	t.Helper()
	err := h.d.Tx(h.ctx, func(tx *gorm.DB) error {
		var evs []event.Event
		for i := range leads {
			l := &leads[i]
			l.ID, l.CreatedAt, l.UpdatedAt, l.LastActivityAt, l.Version, l.Score, l.Status = id.New(), h.clock.Now(), h.clock.Now(), h.clock.Now(), 1, lead.NoScore, lead.StatusNew
			l.Tags = db.NewJSON([]string{})
			if l.Custom.V == nil {
				l.Custom = db.NewJSON(map[string]string{})
			}
			evs = append(evs, event.Event{Type: "lead.found", SubjectKind: "lead", SubjectID: l.ID})
		}
		if err := tx.CreateInBatches(leads, 200).Error; err != nil {
			return err
		}
		return h.log.Append(tx, evs...)
	})
	if err != nil {
		t.Fatal(err)
	}
	return leads
}

func (h *house) follow(t *testing.T) {
	t.Helper()
	for more := true; more; {
		var err error
		if more, err = h.log.Follow(h.ctx, h.Follower()); err != nil {
			t.Fatal(err)
		}
	}
}

// open lists the open pairs by their leads' names.
func (h *house) open(t *testing.T) map[string]duplicate.Both {
	t.Helper()
	p, err := h.pairs.List(h.ctx, duplicate.Query{State: duplicate.Open, Max: 1, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]duplicate.Both{}
	for _, b := range p.Items {
		out[min(show(&b.A), show(&b.B))+" = "+max(show(&b.A), show(&b.B))] = b
	}
	return out
}

func show(l *lead.Lead) string { return strings.TrimSpace(l.Name + " " + l.Company) }

func TestTwinsAreFoundAsTheyComeIn(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		first := h.put(t,
			lead.Lead{Name: "Priya Venkataraman", Company: "Nilgiri Textiles Pvt Ltd", Email: "priya@nilgiri.example", Location: "Coimbatore, India"},
			lead.Lead{Name: "Tomasz Wielgosz", Company: "Bramka Logistics", Email: "t.wielgosz@bramka.example"},
			lead.Lead{Company: "Harbour Lights Restaurant", Custom: db.NewJSON(map[string]string{"address": "12 Quay Street", "city": "Galway", "zip": "H91"})},
		)
		h.follow(t)
		if got := h.open(t); len(got) != 0 {
			t.Fatalf("%v", got)
		}
		h.put(t,
			lead.Lead{Name: "Venkatraman Priya", Company: "Nilgiri Textile", Email: "priya.v@nilgiri.example", Location: "Coimbatore"},
			lead.Lead{Name: "Priya Nair", Company: "Nilgiri Textiles", Email: "nair@nilgiri.example"},
			lead.Lead{Name: "Tomasz Wielgosz", Company: "Wielgosz Fotografia", Email: "tomek@foto.example"},
			lead.Lead{Company: "Harbor Lights Restaurant Ltd", Custom: db.NewJSON(map[string]string{"address": "12 Quay St.", "city": "Galway"})},
		)
		h.follow(t)
		got := h.open(t)
		for _, want := range []string{
			"Priya Venkataraman Nilgiri Textiles Pvt Ltd = Venkatraman Priya Nilgiri Textile",
			"Harbor Lights Restaurant Ltd = Harbour Lights Restaurant",
		} {
			b, ok := got[want]
			if !ok || b.Score < .5 || len(b.Weights.V) == 0 || b.Model == "" {
				t.Errorf("%s: %+v", want, b)
			}
		}
		for pair := range got {
			if strings.Contains(pair, "Priya Nair") {
				t.Errorf("a colleague of the same given name: %s", pair)
			}
		}
		// A lead that changes is compared anew: a pair that its values do not bear out any more goes.
		err := d.Tx(h.ctx, func(tx *gorm.DB) error {
			err := tx.Model(&lead.Lead{}).Where("id = ?", first[2].ID).Updates(map[string]any{"company": "Blue Door Bakery", "custom": `{"address":"1 Hill Road","city":"Cork"}`}).Error
			if err != nil {
				return err
			}
			return h.log.Append(tx, event.Event{Type: "lead.updated", SubjectKind: "lead", SubjectID: first[2].ID})
		})
		if err != nil {
			t.Fatal(err)
		}
		h.follow(t)
		if got := h.open(t); len(got) != 1 {
			t.Errorf("%d pairs: %v", len(got), got)
		}
	})
}

// crowd is leads of whom every tenth is there twice, the second time misspelt, and how many twins there are.
func crowd(n int) (leads []lead.Lead, twins int) {
	r := rand.New(rand.NewPCG(1, 2))
	syllables := []string{"ka", "ri", "mo", "sen", "to", "bel", "van", "du", "shi", "ner", "pol", "gra", "wic", "lam", "fe", "rus", "tan", "hol"}
	word := func() string {
		var b strings.Builder
		for range 3 + r.IntN(2) {
			b.WriteString(syllables[r.IntN(len(syllables))])
		}
		s := b.String()
		return strings.ToUpper(s[:1]) + s[1:]
	}
	for i := range n {
		given, family, firm := word(), word(), word()+" "+word()
		l := lead.Lead{Name: given + " " + family, Company: firm, Email: fmt.Sprintf("%s@%s.example", strings.ToLower(given), strings.ToLower(strings.ReplaceAll(firm, " ", ""))), Location: word()}
		leads = append(leads, l)
		if i%10 == 0 {
			at := 1 + r.IntN(len(family)-2)
			l.Name = given + " " + family[:at] + family[at+1:]
			l.Company, l.Email = firm+" Ltd", ""
			leads = append(leads, l)
			twins++
		}
	}
	r.Shuffle(len(leads), func(i, j int) { leads[i], leads[j] = leads[j], leads[i] })
	return leads, twins
}

// A sweep learns a model, finds the twins, leaves what was judged different, and goes on when it was killed.
func TestF3_ASweepFindsTheTwinsAlsoWhenKilled(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		leads, twins := crowd(1500)
		h.put(t, leads...)
		ctx, kill := context.WithCancel(h.ctx)
		h.log.On(resolution.EventSwept, func(_ context.Context, _ *gorm.DB, e event.Event) error {
			if e.Data["phase"] == string(resolution.Comparing) {
				kill()
			}
			return nil
		})
		sw, err := h.Start(h.ctx)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := h.Start(h.ctx); err != nil || again.ID != sw.ID {
			t.Errorf("two sweeps at once: %v", err)
		}
		if _, err := h.Run(ctx, sw.ID); err == nil {
			t.Fatal("the sweep was not stopped")
		}
		h.clock.Advance(time.Minute)
		done, err := h.Run(h.ctx, sw.ID)
		if err != nil || done.Status != resolution.Finished || done.Done != len(leads) {
			t.Fatalf("%+v %v", done, err)
		}
		var n int64
		if err := d.Read.Model(&duplicate.Pair{}).Where("state = 'open'").Count(&n).Error; err != nil {
			t.Fatal(err)
		}
		if int(n) < twins*95/100 || int(n) > twins*105/100 || done.Found != int(n) {
			t.Errorf("%d pairs found, the sweep says %d, there are %d twins", n, done.Found, twins)
		}
		// What was judged different stays so, and pairs whose leads are gone are forgotten.
		var one duplicate.Pair
		if err := d.Read.First(&one, "state = 'open'").Error; err != nil {
			t.Fatal(err)
		}
		if _, _, err := h.pairs.Judge(h.ctx, one.ID, duplicate.Ruling{Verdict: duplicate.SayDifferent}); err != nil {
			t.Fatal(err)
		}
		h.clock.Advance(time.Hour)
		sw, err = h.Start(h.ctx)
		if err == nil {
			done, err = h.Run(h.ctx, sw.ID)
		}
		if err != nil || done.Found != int(n)-1 {
			t.Errorf("again %+v, before %d; %v", done, n, err)
		}
		latest, err := h.Latest(h.ctx)
		if err != nil || latest.ID != sw.ID {
			t.Errorf("%+v %v", latest, err)
		}
	})
}

// kept counts the jobs that are inserted.
type kept struct{ n int }

func (k *kept) InsertTx(*gorm.DB, river.JobArgs, *river.InsertOpts) error {
	k.n++
	return nil
}

// A sweep whose tries all failed does not stand in the way for ever: asking again takes it up again. One that is at work
// is let alone.
func TestASweepThatWasGivenUpIsTakenUpAgain(t *testing.T) {
	t.Parallel()
	d := testkit.SQLite(t)
	h := newHouse(t, d)
	jobs := &kept{}
	h.Service = resolution.New(d, h.clock, h.log, h.pairs, jobs)
	h.put(t, lead.Lead{Name: "Ida Holm"})
	sw, err := h.Start(h.ctx)
	if err != nil || jobs.n != 1 {
		t.Fatal(jobs.n, err)
	}
	refuse := true
	h.log.On(resolution.EventSwept, func(_ context.Context, _ *gorm.DB, e event.Event) error {
		if refuse && e.Data["phase"] == string(resolution.Indexing) {
			return errors.New("the disk is away")
		}
		return nil
	})
	if _, err := h.Run(h.ctx, sw.ID); err == nil || !strings.Contains(err.Error(), "disk is away") {
		t.Fatal(err)
	}
	refuse = false
	again, err := h.Start(h.ctx)
	if err != nil || again.ID != sw.ID || jobs.n != 2 {
		t.Fatalf("%+v, %d jobs, %v", again, jobs.n, err)
	}
	working := false
	h.log.On(resolution.EventSwept, func(context.Context, *gorm.DB, event.Event) error {
		working = true
		return nil
	})
	done, err := h.Run(h.ctx, sw.ID)
	if err != nil || done.Status != resolution.Finished || !working {
		t.Fatalf("%+v %v", done, err)
	}
	if next, err := h.Start(h.ctx); err != nil || next.ID == sw.ID || jobs.n != 3 {
		t.Errorf("a finished sweep is answered for a new one: %v", err)
	}
}
