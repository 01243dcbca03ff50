// Package maildomain knows of the domains of leads' e-mail addresses whether they take mail. It hears of them from the
// events, asks the name service about a few at a time, and lets filters find the leads whose mail would come back.
package maildomain

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/lead/filter"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/platform/mailhost"
)

// Domain is a domain of leads' addresses and what is known of it.
type Domain struct {
	Domain    string `gorm:"primaryKey"`
	State     mailhost.Verdict
	Tries     int // in a row that nobody answered
	CheckedAt *time.Time
	DueAt     time.Time
}

// TableName names the table.
func (Domain) TableName() string { return "mail_domains" }

// Asker asks the name service; *mailhost.Asker is one.
type Asker interface {
	Answers(ctx context.Context) bool
	Ask(ctx context.Context, domain string) mailhost.Verdict
}

// Service keeps the domains.
type Service struct {
	db    *db.DB
	clock clock.Clock
	asker Asker
}

// New makes the service.
func New(d *db.DB, c clock.Clock, a Asker) *Service { return &Service{db: d, clock: c, asker: a} }

// How long an answer holds, and bounds of one step.
const (
	takesFor  = 60 * 24 * time.Hour
	noneFor   = 7 * 24 * time.Hour
	firstWait = time.Hour // until a domain that nobody answered for is asked about again; doubles
	maxWait   = 7 * 24 * time.Hour
	leaseFor  = 10 * time.Minute // so long a domain belongs to the process that asks about it
	perRead   = 200
	perInsert = 500
)

// Follower hears of the domains of new addresses.
func (s *Service) Follower() event.Follower {
	return event.Follower{
		Name:  "maildomain",
		Wants: func(typ string) bool { return typ == "lead.found" || typ == "lead.updated" || typ == "lead.restored" },
		Do:    s.hear,
	}
}

func (s *Service) hear(_ context.Context, tx *gorm.DB, evs []event.Event) error {
	ids := make([]string, 0, len(evs))
	for _, e := range evs {
		ids = append(ids, e.SubjectID)
	}
	slices.Sort(ids)
	seen := map[string]bool{}
	for chunk := range slices.Chunk(slices.Compact(ids), perRead) {
		var emails []string
		if err := tx.Table("leads").Where("id IN ? AND email <> ''", chunk).Pluck("email", &emails).Error; err != nil {
			return fmt.Errorf("read leads' addresses: %w", err)
		}
		for _, e := range emails {
			if d := domainOf(e); d != "" {
				seen[d] = true
			}
		}
	}
	var rows []Domain
	for d := range seen {
		rows = append(rows, Domain{Domain: d, State: mailhost.Unknown, DueAt: s.clock.Now()})
	}
	slices.SortFunc(rows, func(a, b Domain) int { return strings.Compare(a.Domain, b.Domain) }) // one order everywhere: no deadlock
	for chunk := range slices.Chunk(rows, perInsert) {
		if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&chunk).Error; err != nil {
			return fmt.Errorf("note domains: %w", err)
		}
	}
	return nil
}

// domainOf is what the databases take for an address's domain: all after its first @, in lower case.
func domainOf(email string) string {
	_, d, _ := strings.Cut(email, "@")
	if len(d) > 253 || strings.ContainsAny(d, "@\" ") {
		return ""
	}
	return strings.ToLower(d)
}

// Round asks about at most so many domains that are due, and says how many got an answer. Without a name service it asks
// about none.
func (s *Service) Round(ctx context.Context, most int) (answered int, err error) {
	due, err := s.claim(ctx, most)
	if err != nil || len(due) == 0 {
		return 0, err
	}
	if !s.asker.Answers(ctx) {
		return 0, nil // the lease runs out, and they are due again
	}
	var all sync.WaitGroup
	for i := range due {
		all.Go(func() { s.learn(&due[i], s.asker.Ask(ctx, due[i].Domain)) })
	}
	all.Wait()
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		for i := range due {
			if due[i].Tries == 0 {
				answered++
			}
			if err := tx.Save(&due[i]).Error; err != nil {
				return fmt.Errorf("store what domains take: %w", err)
			}
		}
		return nil
	})
	return answered, err
}

// learn takes an answer. Where nobody answered, what was known before stands.
func (s *Service) learn(d *Domain, v mailhost.Verdict) {
	now := s.clock.Now()
	switch v {
	case mailhost.Takes:
		d.State, d.Tries, d.CheckedAt, d.DueAt = v, 0, &now, now.Add(takesFor)
	case mailhost.None:
		d.State, d.Tries, d.CheckedAt, d.DueAt = v, 0, &now, now.Add(noneFor)
	case mailhost.Unknown:
		d.DueAt = now.Add(min(firstWait<<min(d.Tries, 10), maxWait))
		d.Tries++
	}
}

// claim takes domains that are due, so that no other process asks about them meanwhile.
func (s *Service) claim(ctx context.Context, most int) ([]Domain, error) {
	now := s.clock.Now()
	var due []Domain
	if err := s.db.Read.WithContext(ctx).Where("due_at <= ?", now).Order("due_at, domain").Limit(most).Find(&due).Error; err != nil || len(due) == 0 {
		return nil, err
	}
	var mine []Domain
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		mine = nil
		for _, d := range due {
			got := tx.Model(&Domain{}).Where("domain = ? AND due_at <= ?", d.Domain, now).Update("due_at", now.Add(leaseFor))
			if got.Error != nil {
				return got.Error
			}
			if got.RowsAffected == 1 {
				mine = append(mine, d)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("take domains to ask about: %w", err)
	}
	return mine, nil
}

// Relation lets filters ask whether a lead's address takes mail: mail_domain = none. Leads without an address are empty.
func Relation() filter.Relation {
	words := []string{string(mailhost.Takes), string(mailhost.None), string(mailhost.Unknown)}
	return filter.Relation{Name: "mail_domain", Kind: filter.RelationWord, Words: words, Any: func(a filter.Ask) clause.Expression {
		d, states := a.Dialect, a.Values
		if slices.Contains(states, any(string(mailhost.Unknown))) {
			var others []any // unknown is also what was never heard of: all that is in none of the other states
			for _, w := range words {
				if !slices.Contains(states, any(w)) {
					others = append(others, w)
				}
			}
			return outside(d, others)
		}
		return inside(d, states)
	}}
}

func inside(d db.Dialect, states []any) clause.Expression {
	if d == db.Postgres {
		return gorm.Expr("(leads.email <> '' AND lower(split_part(leads.email, '@', 2)) IN (SELECT domain FROM mail_domains WHERE state IN ?))", states)
	}
	return gorm.Expr("(leads.email <> '' AND lower(substr(leads.email, instr(leads.email, '@') + 1)) IN (SELECT domain FROM mail_domains WHERE state IN ?))", states)
}

func outside(d db.Dialect, states []any) clause.Expression {
	switch {
	case len(states) == 0:
		return gorm.Expr("leads.email <> ''")
	case d == db.Postgres:
		return gorm.Expr("(leads.email <> '' AND lower(split_part(leads.email, '@', 2)) NOT IN (SELECT domain FROM mail_domains WHERE state IN ?))", states)
	}
	return gorm.Expr("(leads.email <> '' AND lower(substr(leads.email, instr(leads.email, '@') + 1)) NOT IN (SELECT domain FROM mail_domains WHERE state IN ?))", states)
}
