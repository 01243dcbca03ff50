package lead

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"winnow/backend/internal/platform/db"
)

// exportColumn is a column of an export. Columns that only Winnow can know begin with "winnow_": an import leaves them
// out, so that an exported file read back gives the original leads.
type exportColumn struct {
	header string
	value  func(*Lead) any // string, int, []string, or nil for nothing
}

// Pains names pain points by id; unknown ids come back as they are.
type Pains func(id string) string

func text(header string, value func(*Lead) string) exportColumn {
	return exportColumn{header: header, value: func(l *Lead) any { return value(l) }}
}

func stamp(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// owners names users by id; of one without a name, or gone, the id comes back.
type owners map[string]string

func (o owners) name(userID *string) string {
	if userID == nil {
		return ""
	}
	if n := o[*userID]; n != "" {
		return n
	}
	return *userID
}

// owners reads the names of the users.
func (s *Store) owners(ctx context.Context) (owners, error) {
	var users []struct{ ID, Name string }
	if err := s.db.Read.WithContext(ctx).Table("users").Select("id, name").Where("name <> ''").Find(&users).Error; err != nil {
		return nil, fmt.Errorf("read the names of owners: %w", err)
	}
	out := make(owners, len(users))
	for _, u := range users {
		out[u.ID] = u.Name
	}
	return out, nil
}

// exportColumns are the columns in the order of reading: what to do first, who it is, what they said.
func exportColumns(pains Pains, who owners, custom []string) []exportColumn {
	if pains == nil {
		pains = func(id string) string { return id }
	}
	cols := []exportColumn{
		text("winnow_grade", func(l *Lead) string { return l.Grade }),
		{header: "winnow_score", value: func(l *Lead) any {
			if l.Score == NoScore {
				return nil
			}
			return l.Score
		}},
		text("winnow_top_pain", func(l *Lead) string {
			if l.PainID == "" {
				return ""
			}
			return pains(l.PainID)
		}),
		text("winnow_quote", func(l *Lead) string { return l.PainQuote }),
		text("winnow_status", func(l *Lead) string { return string(l.Status) }),
		text("name", func(l *Lead) string { return l.Name }),
		text("title", func(l *Lead) string { return l.Title }),
		text("company", func(l *Lead) string { return l.Company }),
		text("email", func(l *Lead) string { return l.Email }),
		text("phone", func(l *Lead) string { return l.Phone }),
		text("linkedin_url", func(l *Lead) string { return l.LinkedinURL }),
		text("url", func(l *Lead) string { return l.URL }),
		text("source", func(l *Lead) string { return l.Source }),
		text("source_id", func(l *Lead) string { return l.SourceID }),
		text("content", func(l *Lead) string { return l.Content }),
		text("industry", func(l *Lead) string { return l.Industry }),
		text("location", func(l *Lead) string { return l.Location }),
		text("country", func(l *Lead) string { return l.Country }),
		text("company_size", func(l *Lead) string { return l.CompanySize }),
		text("language", func(l *Lead) string { return l.Language }),
		text("lead value", func(l *Lead) string { return amount(l.ValueMicros) }),
		{header: "tags", value: func(l *Lead) any { return l.Tags.V }},
		text("posted_at", func(l *Lead) string { return stamp(l.PostedAt) }),
		text("winnow_owner", func(l *Lead) string { return who.name(l.OwnerID) }),
		text("winnow_id", func(l *Lead) string { return l.ID }),
		text("winnow_found_at", func(l *Lead) string { return stamp(&l.CreatedAt) }),
		text("winnow_analyzed_at", func(l *Lead) string { return stamp(l.AnalyzedAt) }),
	}
	for _, name := range custom {
		cols = append(cols, text(name, func(l *Lead) string { return l.Custom.V[name] }))
	}
	return cols
}

const maxCustomColumns = 200

// customNames lists the custom fields that the chosen leads have, by name.
func (s *Store) customNames(ctx context.Context, c criteria) ([]string, error) {
	q := s.scope(ctx, s.db.Read.WithContext(ctx).Model(&Lead{}), c)
	if s.db.Dialect == db.Postgres {
		q = q.Joins("CROSS JOIN LATERAL jsonb_object_keys(leads.custom) AS f(key)")
	} else {
		q = q.Joins("CROSS JOIN json_each(leads.custom) AS f")
	}
	var names []string
	if err := q.Distinct("f.key").Order("f.key").Limit(maxCustomColumns).Pluck("f.key", &names).Error; err != nil {
		return nil, fmt.Errorf("list custom fields: %w", err)
	}
	return names, nil
}

// csvText writes a value as a cell of text.
func csvText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case int:
		return strconv.Itoa(v)
	case []string:
		return strings.Join(v, ", ")
	case string:
		return v
	}
	return fmt.Sprint(v)
}

// cell is a column's value as a CSV cell that no spreadsheet runs.
func (c exportColumn) cell(l *Lead) string { return GuardCell(csvText(c.value(l))) }
