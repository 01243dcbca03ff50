// Package insight counts what the other rooms did and shows it as figures. It changes nothing.
package insight

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/filter"
	"winnow/backend/internal/platform/db"
)

// Rate is a share as it was counted, so that 1 of 2 and 500 of 1,000 can be told apart.
type Rate struct{ Numerator, Denominator int }

// SourceCount is how many leads came from a source, and how many of them qualified.
type SourceCount struct {
	Source    string
	Count     int
	Qualified int
}

// Day is one day (UTC) of the trend.
type Day struct {
	Date      string // 2026-11-25
	Found     int    // leads that came in
	Qualified int    // leads whose newest analysis is of this day and that qualified
}

// Overview is the state of the workspace at a glance, of the leads that the viewer may see.
type Overview struct {
	Leads     int
	New7d     int
	Analyzed  int
	Qualified int // analysed, and qualified or further on
	Grades    map[string]int
	Sources   []SourceCount // the largest first
	Trend     []Day         // the last TrendDays days, oldest first
	Recent    []event.Event // newest first
}

// Rate is how many of the analysed leads qualified.
func (o Overview) Rate() Rate { return Rate{o.Qualified, o.Analyzed} }

// Bounds of the overview.
const (
	TrendDays  = 30
	maxSources = 50
	maxRecent  = 20
)

// Recent reads the event log.
type Recent interface {
	Recent(ctx context.Context, all bool, userID string, limit int) ([]event.Event, error)
}

// Service counts.
type Service struct {
	db     *db.DB
	clock  clock.Clock
	events Recent

	relations []filter.Relation
}

// Relate lets checks ask what other rooms know about leads.
func (s *Service) Relate(relations ...filter.Relation) *Service {
	s.relations = append(s.relations, relations...)
	return s
}

// New makes the service.
func New(d *db.DB, c clock.Clock, events Recent) *Service {
	return &Service{db: d, clock: c, events: events}
}

// Overview counts what the viewer may see, with a fixed number of queries.
func (s *Service) Overview(ctx context.Context) (Overview, error) {
	var o Overview
	now := s.clock.Now()
	for _, step := range []func(context.Context, time.Time, *Overview) error{s.grades, s.sources, s.qualified, s.found, s.recent} {
		if err := step(ctx, now, &o); err != nil {
			return Overview{}, err
		}
	}
	return o, nil
}

func (s *Service) leads(ctx context.Context) *gorm.DB {
	return lead.Visible(ctx, s.db.Read.WithContext(ctx).Model(&lead.Lead{}))
}

func (s *Service) grades(ctx context.Context, _ time.Time, o *Overview) error {
	var rows []struct {
		Grade string
		N     int
	}
	if err := s.leads(ctx).Select("grade", "count(*) AS n").Group("grade").Find(&rows).Error; err != nil {
		return fmt.Errorf("count grades: %w", err)
	}
	o.Grades = map[string]int{}
	for _, g := range lead.Grades() {
		o.Grades[g] = 0
	}
	for _, r := range rows {
		o.Leads += r.N
		if r.Grade != "" {
			o.Grades[r.Grade] = r.N
			o.Analyzed += r.N
		}
	}
	return nil
}

func (s *Service) sources(ctx context.Context, _ time.Time, o *Overview) error {
	var rows []struct {
		Source string
		N      int
	}
	if err := s.leads(ctx).Select("source", "count(*) AS n").Group("source").Find(&rows).Error; err != nil {
		return fmt.Errorf("count sources: %w", err)
	}
	for _, r := range rows {
		o.Sources = append(o.Sources, SourceCount{Source: r.Source, Count: r.N})
	}
	return nil
}

// day is the UTC day of a time column.
func (s *Service) day(column string) clause.Expr {
	if s.db.Dialect == db.Postgres {
		return clause.Expr{SQL: "to_char(? AT TIME ZONE 'UTC', 'YYYY-MM-DD')", Vars: []any{clause.Column{Name: column}}, WithoutParentheses: true}
	}
	return clause.Expr{SQL: "substr(?, 1, 10)", Vars: []any{clause.Column{Name: column}}, WithoutParentheses: true}
}

// qualified counts by source and day in one pass over the leads that qualified.
func (s *Service) qualified(ctx context.Context, now time.Time, o *Overview) error {
	var rows []struct {
		Source string
		Day    string
		N      int
	}
	passed := []lead.Status{lead.StatusQualified, lead.StatusContacted, lead.StatusReplied, lead.StatusWon, lead.StatusLost}
	err := s.leads(ctx).Where("status IN ? AND score >= 0", passed).
		Select("source, ? AS day, count(*) AS n", s.day("analyzed_at")).Group("source").Group("day").Find(&rows).Error
	if err != nil {
		return fmt.Errorf("count qualified: %w", err)
	}
	o.Trend = emptyTrend(now)
	for _, r := range rows {
		o.Qualified += r.N
		for i := range o.Sources {
			if o.Sources[i].Source == r.Source {
				o.Sources[i].Qualified += r.N
			}
		}
		if i := slices.IndexFunc(o.Trend, func(d Day) bool { return d.Date == date(r.Day) }); i >= 0 {
			o.Trend[i].Qualified += r.N
		}
	}
	sort.Slice(o.Sources, func(i, j int) bool {
		a, b := o.Sources[i], o.Sources[j]
		return a.Count > b.Count || (a.Count == b.Count && a.Source < b.Source)
	})
	o.Sources = o.Sources[:min(len(o.Sources), maxSources)]
	return nil
}

// date is the date alone: SQLite's driver takes a text that looks like a date for a time.
func date(s string) string { return s[:min(len(s), len(time.DateOnly))] }

func emptyTrend(now time.Time) []Day {
	days := make([]Day, TrendDays)
	for i := range days {
		days[i].Date = now.UTC().AddDate(0, 0, i-TrendDays+1).Format(time.DateOnly)
	}
	return days
}

// found counts the days of the trend; the last seven days, to the second, come from the same pass.
func (s *Service) found(ctx context.Context, now time.Time, o *Overview) error {
	var rows []struct {
		Day string
		N   int
		Hot int
	}
	first := now.UTC().Truncate(24*time.Hour).AddDate(0, 0, 1-TrendDays)
	err := s.leads(ctx).Where("created_at >= ?", first).
		Select("? AS day, count(*) AS n, sum(CASE WHEN created_at >= ? THEN 1 ELSE 0 END) AS hot", s.day("created_at"), now.AddDate(0, 0, -7)).
		Group("day").Find(&rows).Error
	if err != nil {
		return fmt.Errorf("count finds: %w", err)
	}
	for _, r := range rows {
		o.New7d += r.Hot
		if i := slices.IndexFunc(o.Trend, func(d Day) bool { return d.Date == date(r.Day) }); i >= 0 {
			o.Trend[i].Found = r.N
		}
	}
	return nil
}

// recent leaves out the ticks of progress, which would push everything else away, and how people look at their leads.
func (s *Service) recent(ctx context.Context, _ time.Time, o *Overview) error {
	all, user := account.Rows(ctx)
	evs, err := s.events.Recent(ctx, all, user, maxRecent*10)
	if err != nil {
		return err
	}
	o.Recent = slices.DeleteFunc(evs, func(e event.Event) bool { return strings.HasSuffix(e.Type, ".progressed") || e.SubjectKind == "view" })
	o.Recent = o.Recent[:min(len(o.Recent), maxRecent)]
	return nil
}
