package maildomain_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/maildomain"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/platform/mailhost"
	"winnow/backend/internal/testkit"
)

// book answers from a table and notes what it was asked.
type book struct {
	deaf    bool
	answers map[string]mailhost.Verdict
	mu      sync.Mutex
	asked   []string
}

func (b *book) Answers(context.Context) bool { return !b.deaf }

func (b *book) Ask(_ context.Context, domain string) mailhost.Verdict {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked = append(b.asked, domain)
	if v, ok := b.answers[domain]; ok {
		return v
	}
	return mailhost.Unknown
}

func (b *book) take() string {
	slices.Sort(b.asked)
	out := strings.Join(b.asked, " ")
	b.asked = nil
	return out
}

type house struct {
	*maildomain.Service
	db     *db.DB
	clock  *clock.Virtual
	events *event.Log
	names  *book
}

func newHouse(t *testing.T, d *db.DB, answers map[string]mailhost.Verdict) *house {
	t.Helper()
	c := clock.NewVirtual(time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC))
	b := &book{answers: answers}
	return &house{Service: maildomain.New(d, c, b), db: d, clock: c, events: event.New(d, c, nil), names: b}
}

func (h *house) put(t *testing.T, emails ...string) {
	t.Helper()
	err := h.db.Tx(t.Context(), func(tx *gorm.DB) error {
		for _, e := range emails {
			l := lead.Lead{
				ID: id.New(), Name: e, Email: e, Status: lead.StatusNew, Score: lead.NoScore, Tags: db.NewJSON([]string{}), Custom: db.NewJSON(map[string]string{}),
				CreatedAt: h.clock.Now(), UpdatedAt: h.clock.Now(), LastActivityAt: h.clock.Now(), Version: 1,
			}
			if err := tx.Create(&l).Error; err != nil {
				return err
			}
			if err := h.events.Append(tx, event.Event{Type: "lead.found", SubjectKind: "lead", SubjectID: l.ID}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for more := true; more; {
		if more, err = h.events.Follow(t.Context(), h.Follower()); err != nil {
			t.Fatal(err)
		}
	}
}

// list is the leads that a filter finds, by their addresses.
func (h *house) list(t *testing.T, filter string) string {
	t.Helper()
	s := lead.NewStore(h.db, h.clock).Relate(maildomain.Relation())
	p, err := s.List(account.With(t.Context(), account.System()), lead.Query{Filter: filter})
	if err != nil {
		t.Fatalf("%s: %v", filter, err)
	}
	var out []string
	for _, l := range p.Items {
		out = append(out, l.Email)
	}
	slices.Sort(out)
	return strings.TrimSpace(strings.Join(out, " "))
}

func (h *house) round(t *testing.T) int {
	t.Helper()
	n, err := h.Round(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestDomainsOfLeadsAreAskedAboutOnceAndFoundByFilters(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d, map[string]mailhost.Verdict{"good.example": mailhost.Takes, "dead.example": mailhost.None})
		h.put(t, "a@good.example", "b@GOOD.example", "c@dead.example", "d@slow.example", "", `"e@f"@dead.example`)
		if n := h.round(t); n != 2 || h.names.take() != "dead.example good.example slow.example" {
			t.Errorf("%d answers", n)
		}
		for filter, want := range map[string]string{
			"mail_domain = takes": "a@good.example b@GOOD.example", "mail_domain = none": "c@dead.example",
			"mail_domain = unknown": `"e@f"@dead.example d@slow.example`, "mail_domain in (none, unknown)": `"e@f"@dead.example c@dead.example d@slow.example`,
			"mail_domain empty": "", "not mail_domain empty and mail_domain != takes": `"e@f"@dead.example c@dead.example d@slow.example`,
			"mail_domain in (takes,none,unknown)": `"e@f"@dead.example a@good.example b@GOOD.example c@dead.example d@slow.example`,
		} {
			if got := h.list(t, filter); got != want {
				t.Errorf("%s: %q, want %q", filter, got, want)
			}
		}
		if h.round(t); h.names.take() != "" {
			t.Error("asked again at once")
		}
		h.put(t, "z@good.example")
		if h.round(t); h.names.take() != "" {
			t.Error("a known domain was asked about again")
		}
	})
}

func TestAnAnswerHoldsForItsTimeAndSilenceIsNoAnswer(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t), map[string]mailhost.Verdict{"good.example": mailhost.Takes, "dead.example": mailhost.None})
	h.put(t, "a@good.example", "c@dead.example", "d@slow.example")
	h.round(t)
	h.names.take()
	h.clock.Advance(61 * time.Minute)
	if h.round(t); h.names.take() != "slow.example" {
		t.Error("a domain that nobody answered for waits an hour at first")
	}
	h.clock.Advance(61 * time.Minute)
	if h.round(t); h.names.take() != "" {
		t.Error("and longer each time")
	}
	// The name service is silent: what is known stands, and nothing becomes invalid.
	h.names.answers = nil
	h.clock.Advance(8 * 24 * time.Hour)
	h.round(t)
	if h.names.take() != "dead.example slow.example" || h.list(t, "mail_domain = none") != "c@dead.example" {
		t.Error("silence changed what is known of a domain")
	}
	h.names.deaf = true
	h.clock.Advance(365 * 24 * time.Hour)
	if n := h.round(t); n != 0 || h.names.take() != "" || h.list(t, "mail_domain = takes") != "a@good.example" {
		t.Error("domains are asked about although no name service answers")
	}
	h.names.deaf, h.names.answers = false, map[string]mailhost.Verdict{"dead.example": mailhost.Takes}
	h.clock.Advance(time.Hour)
	if h.round(t); h.list(t, "mail_domain = none") != "" {
		t.Error("a domain that takes mail by now is still listed")
	}
}

func TestARoundIsBoundedAndTwoProcessesShareTheWork(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d, nil)
		var emails []string
		for i := range 30 {
			emails = append(emails, "a@d"+string(rune('a'+i%26))+string(rune('a'+i/26))+".example")
		}
		h.put(t, emails...)
		other := maildomain.New(d, h.clock, h.names)
		var all sync.WaitGroup
		for _, s := range []*maildomain.Service{h.Service, other, h.Service, other} {
			all.Go(func() {
				if _, err := s.Round(t.Context(), 6); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		slices.Sort(h.names.asked)
		if n := len(h.names.asked); n > 24 || len(slices.Compact(h.names.asked)) != n {
			t.Errorf("%d asked about, some twice or too many", n)
		}
	})
}
