package lead

import (
	"slices"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"winnow/backend/internal/config/suggest"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead/filter"
)

// DefaultSort puts the best leads first, the newest of equals before the others.
const DefaultSort = "-score,-created_at"

const maxSortKeys = 4

// sortKind is how a sort key travels in a cursor.
type sortKind int

const (
	sortText sortKind = iota
	sortInt
	sortTime
)

// sortField is a row of the allow-list of sort keys: a name and the constant expression that it sorts by. Missing
// values sort as the lowest.
type sortField struct {
	name  string
	expr  clause.Expression
	kind  sortKind
	value func(*Lead) any // what expr is for a lead
}

func column(name string) clause.Column { return clause.Column{Table: "leads", Name: name} }

func plainSort(name string, kind sortKind, value func(*Lead) any) sortField {
	return sortField{name: name, expr: clause.Expr{SQL: "?", Vars: []any{column(name)}}, kind: kind, value: value}
}

// epoch stands for a time that is missing: before any other.
func epoch() time.Time { return time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC) }

func timeOr(t *time.Time) time.Time {
	if t == nil {
		return epoch()
	}
	return *t
}

func nullableTime(name string, value func(*Lead) *time.Time) sortField {
	return sortField{
		name: name, expr: clause.Expr{SQL: "COALESCE(?, ?)", Vars: []any{column(name), epoch()}}, kind: sortTime,
		value: func(l *Lead) any { return timeOr(value(l)) },
	}
}

// gradeRank is 5 for A+ down to 1 for D, 0 without a grade.
func gradeRank(g string) int {
	for i, k := range Grades() {
		if k == g {
			return len(Grades()) - i
		}
	}
	return 0
}

const gradeRankSQL = "CASE ? WHEN 'A+' THEN 5 WHEN 'A' THEN 4 WHEN 'B' THEN 3 WHEN 'C' THEN 2 WHEN 'D' THEN 1 ELSE 0 END"

func sortFields() []sortField {
	return []sortField{
		plainSort("score", sortInt, func(l *Lead) any { return int64(l.Score) }),
		plainSort("created_at", sortTime, func(l *Lead) any { return l.CreatedAt }),
		plainSort("updated_at", sortTime, func(l *Lead) any { return l.UpdatedAt }),
		plainSort("last_activity_at", sortTime, func(l *Lead) any { return l.LastActivityAt }),
		nullableTime("posted_at", func(l *Lead) *time.Time { return l.PostedAt }),
		nullableTime("analyzed_at", func(l *Lead) *time.Time { return l.AnalyzedAt }),
		plainSort("name", sortText, func(l *Lead) any { return l.Name }),
		plainSort("company", sortText, func(l *Lead) any { return l.Company }),
		plainSort("title", sortText, func(l *Lead) any { return l.Title }),
		plainSort("country", sortText, func(l *Lead) any { return l.Country }),
		plainSort("source", sortText, func(l *Lead) any { return l.Source }),
		plainSort("status", sortText, func(l *Lead) any { return string(l.Status) }),
		{
			name: "grade", expr: clause.Expr{SQL: gradeRankSQL, Vars: []any{column("grade")}}, kind: sortInt,
			value: func(l *Lead) any { return int64(gradeRank(l.Grade)) },
		},
		{
			name: "value", expr: clause.Expr{SQL: "COALESCE(?, -1)", Vars: []any{column("value_micros")}}, kind: sortInt,
			value: func(l *Lead) any {
				if l.ValueMicros == nil {
					return int64(-1)
				}
				return *l.ValueMicros
			},
		},
	}
}

// SortNames lists the names that a sort may use.
func SortNames() []string {
	var out []string
	for _, f := range sortFields() {
		out = append(out, f.name)
	}
	return out
}

type sortKey struct {
	sortField
	desc bool
}

// sorting is a checked sort: keys, then the lead's id in the direction of the last key.
type sorting []sortKey

// parseSort reads "-score,created_at"; blank is DefaultSort. Fault: Invalid for an unknown or doubled name.
func parseSort(text string) (sorting, error) {
	if strings.TrimSpace(text) == "" {
		text = DefaultSort
	}
	words := strings.Split(text, ",")
	if len(words) > maxSortKeys {
		return nil, badSort("too_many_keys", "Sort by at most four fields.")
	}
	var out sorting
	seen := map[string]bool{}
	for _, w := range words {
		name, desc := strings.CutPrefix(strings.TrimSpace(w), "-")
		f, ok := sortFieldNamed(name)
		if !ok {
			return nil, badSort("unknown_field", "There is no field “"+filter.Clip(name)+"” to sort by."+suggest.Hint(name, SortNames())+" Use one of "+strings.Join(SortNames(), ", ")+".")
		}
		if seen[name] {
			return nil, badSort("duplicate_field", "Sort by each field only once: "+name+" is there twice.")
		}
		seen[name] = true
		out = append(out, sortKey{f, desc})
	}
	id := plainSort("id", sortText, func(l *Lead) any { return l.ID })
	return append(out, sortKey{id, out[len(out)-1].desc}), nil
}

func sortFieldNamed(name string) (sortField, bool) {
	for _, f := range sortFields() {
		if f.name == name {
			return f, true
		}
	}
	return sortField{}, false
}

func badSort(code, msg string) error {
	return fault.InvalidFields("sort_invalid", msg, fault.Field{Name: "sort", Code: code, Message: msg})
}

func (s sorting) String() string {
	var b strings.Builder
	for _, k := range s {
		if k.desc {
			b.WriteByte('-')
		}
		b.WriteString(k.name)
		b.WriteByte(',')
	}
	return b.String()
}

// Build writes the ORDER BY list; sorting is a clause.Expression.
func (s sorting) Build(b clause.Builder) {
	for i, k := range s {
		if i > 0 {
			_ = b.WriteByte(',')
		}
		k.expr.Build(b)
		if k.desc {
			_, _ = b.WriteString(" DESC")
		}
	}
}

// reversed is the same sort from its end.
func (s sorting) reversed() sorting {
	out := slices.Clone(s)
	for i := range out {
		out[i].desc = !out[i].desc
	}
	return out
}

// after is the condition for rows that come after the row with these values. Keys of one direction become one row
// comparison, which an index can answer.
func (s sorting) after(values []any) clause.Expression {
	for _, k := range s {
		if k.desc != s[0].desc {
			return s.afterMixed(values)
		}
	}
	return rowAfter{s, values}
}

type rowAfter struct {
	keys   sorting
	values []any
}

func (r rowAfter) Build(b clause.Builder) {
	_ = b.WriteByte('(')
	for i, k := range r.keys {
		if i > 0 {
			_ = b.WriteByte(',')
		}
		k.expr.Build(b)
	}
	if r.keys[0].desc {
		_, _ = b.WriteString(") < (")
	} else {
		_, _ = b.WriteString(") > (")
	}
	for i, v := range r.values {
		if i > 0 {
			_ = b.WriteByte(',')
		}
		b.AddVar(b, v)
	}
	_ = b.WriteByte(')')
}

// afterMixed writes (a < x OR (a = x AND (b > y OR …))).
func (s sorting) afterMixed(values []any) clause.Expression {
	sql := "(? > ?)"
	if s[0].desc {
		sql = "(? < ?)"
	}
	vars := []any{s[0].expr, values[0]}
	if len(s) > 1 {
		sql = "(? > ? OR (? = ? AND ?))"
		if s[0].desc {
			sql = "(? < ? OR (? = ? AND ?))"
		}
		vars = append(vars, s[0].expr, values[0], s[1:].afterMixed(values[1:]))
	}
	return clause.Expr{SQL: sql, Vars: vars}
}

func badLimit() error {
	const msg = "The limit must be a whole number from 1 to 200."
	return fault.InvalidFields("limit_invalid", msg, fault.Field{Name: "limit", Code: "out_of_range", Message: msg})
}
