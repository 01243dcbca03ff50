package insight

import (
	"context"
	"fmt"
	"sort"
	"time"

	"gorm.io/gorm/clause"

	"winnow/backend/internal/lead/filter"
)

// QualityKind is what a check of the data's quality is about.
type QualityKind string

// The kinds.
const (
	QualityReach    QualityKind = "reach"    // can the lead be written to or called
	QualityComplete QualityKind = "complete" // is the field filled
	QualityFresh    QualityKind = "fresh"    // did anything happen lately
	QualityWork     QualityKind = "work"     // is somebody on it, was it analysed
)

// QualityCheck is something that a lead can lack. Filter finds the leads that lack it: the list of what there is to mend.
type QualityCheck struct {
	Key    string
	Kind   QualityKind
	Filter string
}

// QualityChecks are all checks, in the order in which people read them.
func QualityChecks() []QualityCheck {
	return []QualityCheck{
		{"unreachable", QualityReach, "email empty and phone empty and linkedin_url empty"},
		{"dead_mail", QualityReach, "mail_domain = none"},
		{"no_email", QualityReach, "email empty"},
		{"no_phone", QualityReach, "phone empty"},
		{"no_name", QualityComplete, "name empty"},
		{"no_company", QualityComplete, "company empty"},
		{"no_title", QualityComplete, "title empty"},
		{"no_industry", QualityComplete, "industry empty"},
		{"no_country", QualityComplete, "country empty"},
		{"no_text", QualityComplete, "content empty"},
		{"quiet_90", QualityFresh, "last_activity_at < -90d and status in (new,qualified,contacted)"},
		{"quiet_365", QualityFresh, "last_activity_at < -365d and status != archived"},
		{"not_analyzed", QualityWork, "grade empty"},
		{"no_owner", QualityWork, "owner empty and status = qualified"},
	}
}

// Quality is how good the data is, of the leads that the viewer may see.
type Quality struct {
	Leads   int
	Counts  []int           // by QualityChecks: leads that lack it
	Sources []SourceQuality // the largest first
}

// SourceQuality is Quality of one source.
type SourceQuality struct {
	Source string
	Leads  int
	Counts []int
}

// Quality counts in one pass over the leads.
func (s *Service) Quality(ctx context.Context) (*Quality, error) {
	checks := QualityChecks()
	var sums lacking
	for _, c := range checks {
		where, err := s.lacks(c, s.clock.Now())
		if err != nil {
			return nil, err
		}
		sums = append(sums, where)
	}
	rows, err := s.leads(ctx).Clauses(clause.Select{Expression: sums}).Group("source").Rows()
	if err != nil {
		return nil, fmt.Errorf("count what leads lack: %w", err)
	}
	defer rows.Close()
	q := &Quality{Counts: make([]int, len(checks))}
	for rows.Next() {
		one := SourceQuality{Counts: make([]int, len(checks))}
		into := []any{&one.Source, &one.Leads}
		for i := range one.Counts {
			into = append(into, &one.Counts[i])
		}
		if err := rows.Scan(into...); err != nil {
			return nil, fmt.Errorf("read what leads lack: %w", err)
		}
		q.Leads += one.Leads
		for i, n := range one.Counts {
			q.Counts[i] += n
		}
		q.Sources = append(q.Sources, one)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read what leads lack: %w", err)
	}
	sort.Slice(q.Sources, func(i, j int) bool {
		a, b := q.Sources[i], q.Sources[j]
		return a.Leads > b.Leads || a.Leads == b.Leads && a.Source < b.Source
	})
	if len(q.Sources) > maxSources {
		q.Sources = q.Sources[:maxSources]
	}
	return q, nil
}

// lacking selects the source, how many leads it has, and how many of them meet each condition.
type lacking []clause.Expression

// Build writes the columns.
func (l lacking) Build(b clause.Builder) {
	_, _ = b.WriteString("source, count(*)")
	for _, where := range l {
		_, _ = b.WriteString(", sum(CASE WHEN ")
		where.Build(b)
		_, _ = b.WriteString(" THEN 1 ELSE 0 END)")
	}
}

func (s *Service) lacks(c QualityCheck, now time.Time) (clause.Expression, error) {
	f, err := filter.Parse(c.Filter, filter.Env{Now: now, Relations: s.relations})
	if err != nil {
		return nil, fmt.Errorf("check %s: %w", c.Key, err)
	}
	return f.Where(s.db.Dialect), nil
}
