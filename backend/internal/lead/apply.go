package lead

import (
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"winnow/backend/internal/platform/db"
)

func itoa(n int) string { return strconv.Itoa(n) }

// edit is what a change does to one lead: columns to set, and each changed field with its new value as text.
type edit struct {
	set    map[string]any
	values map[string]string
}

func (e edit) fields() []string {
	return slices.Sorted(maps.Keys(e.values))
}

// apply compares a clean change with the lead, changes the lead in memory, and says what differs.
func (c Change) apply(l *Lead, now time.Time) edit {
	e := edit{set: map[string]any{}, values: map[string]string{}}
	for field, v := range c.Text {
		if at := l.text(field); *at != v {
			*at = v
			e.put(field, v, v)
		}
	}
	if c.Status != nil && *c.Status != l.Status {
		l.Status = *c.Status
		e.put("status", l.Status, string(l.Status))
		l.ArchivedAt = nil
		if l.Status == StatusArchived {
			l.ArchivedAt = &now
		}
		e.set["archived_at"] = l.ArchivedAt
	}
	if c.Tags != nil && !slices.Equal(*c.Tags, l.Tags.V) {
		l.Tags = db.NewJSON(*c.Tags)
		e.put("tags", l.Tags, strings.Join(l.Tags.V, ", "))
	}
	if c.Value.Set && !same(c.Value.V, l.ValueMicros) {
		l.ValueMicros = c.Value.V
		e.set["value_micros"] = l.ValueMicros
		e.values["value"] = amount(l.ValueMicros)
	}
	if c.Owner.Set && !same(c.Owner.V, l.OwnerID) {
		l.OwnerID = c.Owner.V
		e.put("owner_id", l.OwnerID, deref(l.OwnerID))
	}
	c.applyCustom(l, &e)
	return e
}

func (e edit) put(column string, v any, text string) { e.set[column], e.values[column] = v, text }

func (c Change) applyCustom(l *Lead, e *edit) {
	custom := maps.Clone(l.Custom.V)
	if custom == nil {
		custom = map[string]string{}
	}
	for name, v := range c.Custom {
		old, had := custom[name]
		switch {
		case v == nil && had:
			delete(custom, name)
			e.values[CustomPrefix+name] = ""
		case v != nil && (!had || old != *v):
			custom[name] = *v
			e.values[CustomPrefix+name] = *v
		default:
			continue
		}
		l.Custom = db.NewJSON(custom)
		e.set["custom"] = l.Custom
	}
}

func same[T comparable](a, b *T) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// amount writes micro-units as 1500 or 99.9, "" for none.
func amount(micros *int64) string {
	if micros == nil {
		return ""
	}
	s := strconv.FormatInt(*micros/1_000_000, 10)
	if frac := *micros % 1_000_000; frac != 0 {
		digits := strconv.FormatInt(1_000_000+frac, 10)[1:]
		s += "." + strings.TrimRight(digits, "0")
	}
	return s
}

// sortedKeys lists the fields of keys in a fixed order, so that rows are locked in one order by everybody.
func sortedKeys(keys map[string]*Key) []string {
	out := slices.Collect(maps.Keys(keys))
	sort.Strings(out)
	return out
}
