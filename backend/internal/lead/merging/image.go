package merging

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
)

// Image is what a lead holds, field by field, as text. Empty fields are left out; a custom field may be there and empty.
// Things that only make sense together are one field: company with company_id, status with archived_at, source with its
// id, and all that the newest analysis says ("grade").
type Image map[string]string

// The fields that are more than one column, or no plain text.
const (
	fieldCompany  = "company"
	fieldSource   = "source"
	fieldStatus   = "status"
	fieldGrade    = "grade"
	fieldTags     = "tags"
	fieldOwner    = "owner_id"
	fieldValue    = "value"
	fieldPosted   = "posted_at"
	fieldActivity = "last_activity_at"
	fieldLanguage = "language" // one column, which analyses write too
)

// plain are the fields that are one text column.
func plain() []string {
	return slices.DeleteFunc(lead.TextFields(), func(f string) bool { return f == fieldCompany })
}

type company struct {
	Name string  `json:"name"`
	ID   *string `json:"id"`
}

type source struct {
	Source string `json:"source"`
	ID     string `json:"id"`
}

type status struct {
	Status     lead.Status `json:"status"`
	ArchivedAt *time.Time  `json:"archived_at"`
}

type grade struct {
	AnalyzedAt *time.Time `json:"analyzed_at"`
	Grade      string     `json:"grade"`
	Score      int        `json:"score"`
	PainID     string     `json:"pain_id"`
	PainQuote  string     `json:"pain_quote"`
}

// text writes a value as JSON; values here always encode.
func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// parse reads what text wrote; anything else gives the zero value.
func parse[T any](s string) (v T) {
	if s != "" {
		_ = json.Unmarshal([]byte(s), &v) // written by text
	}
	return v
}

// utc is t in UTC, so that the same moment reads the same on both databases.
func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}

// ImageOf is what l holds.
func ImageOf(l *lead.Lead) Image {
	img := Image{}
	put := func(field, v string, empty bool) {
		if !empty {
			img[field] = v
		}
	}
	for _, f := range plain() {
		v := *l.Field(f)
		put(f, v, v == "")
	}
	put(fieldCompany, text(company{l.Company, l.CompanyID}), l.Company == "" && l.CompanyID == nil)
	put(fieldSource, text(source{l.Source, l.SourceID}), l.Source == "" && l.SourceID == "")
	put(fieldStatus, text(status{l.Status, utc(l.ArchivedAt)}), false)
	g := grade{utc(l.AnalyzedAt), l.Grade, l.Score, l.PainID, l.PainQuote}
	put(fieldGrade, text(g), g == grade{Score: lead.NoScore})
	put(fieldTags, text(l.Tags.V), len(l.Tags.V) == 0)
	if l.OwnerID != nil {
		img[fieldOwner] = *l.OwnerID
	}
	if l.ValueMicros != nil {
		img[fieldValue] = text(*l.ValueMicros)
	}
	if l.PostedAt != nil {
		img[fieldPosted] = text(utc(l.PostedAt))
	}
	img[fieldActivity] = text(l.LastActivityAt.UTC())
	for k, v := range l.Custom.V {
		img[lead.CustomPrefix+k] = v
	}
	return img
}

// get is a field's value, nil when there is none.
func (m Image) get(field string) *string {
	if v, ok := m[field]; ok {
		return &v
	}
	return nil
}

func (m Image) set(field string, v *string) {
	if v == nil {
		delete(m, field)
		return
	}
	m[field] = *v
}

func (m Image) clone() Image { return maps.Clone(m) }

// same compares two values that may be absent.
func same(a, b *string) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// differing lists the fields in which two images differ, in order.
func differing(a, b Image) []string {
	var out []string
	for f, v := range a {
		if w, ok := b[f]; !ok || v != w {
			out = append(out, f)
		}
	}
	for f := range b {
		if _, ok := a[f]; !ok {
			out = append(out, f)
		}
	}
	slices.Sort(out)
	return out
}

// columns are the columns to write so that a lead that holds from holds to. What does not differ is not written.
func columns(from, to Image) map[string]any {
	set := map[string]any{}
	customs := false
	for _, f := range differing(from, to) {
		v := to[f]
		switch f {
		case fieldCompany:
			c := parse[company](v)
			set["company"], set["company_id"] = c.Name, c.ID
		case fieldSource:
			s := parse[source](v)
			set["source"], set["source_id"] = s.Source, s.ID
		case fieldStatus:
			s := parse[status](v)
			set["status"], set["archived_at"] = s.Status, s.ArchivedAt
		case fieldGrade:
			g := grade{Score: lead.NoScore}
			if v != "" {
				g = parse[grade](v)
			}
			set["grade"], set["score"], set["pain_id"], set["pain_quote"], set["analyzed_at"] = g.Grade, g.Score, g.PainID, g.PainQuote, g.AnalyzedAt
		case fieldTags:
			set["tags"] = db.NewJSON(append([]string{}, parse[[]string](v)...))
		case fieldOwner:
			set["owner_id"] = to.get(f)
		case fieldValue:
			set["value_micros"] = nilIfEmpty[int64](v)
		case fieldPosted:
			set["posted_at"] = nilIfEmpty[time.Time](v)
		case fieldActivity:
			set["last_activity_at"] = parse[time.Time](v)
		default:
			if strings.HasPrefix(f, lead.CustomPrefix) {
				customs = true
			} else {
				set[f] = v
			}
		}
	}
	if customs {
		set["custom"] = db.NewJSON(to.customs())
	}
	return set
}

func nilIfEmpty[T any](s string) *T {
	if s == "" {
		return nil
	}
	v := parse[T](s)
	return &v
}

// customs are the custom fields by name.
func (m Image) customs() map[string]string {
	out := map[string]string{}
	for f, v := range m {
		if name, ok := strings.CutPrefix(f, lead.CustomPrefix); ok {
			out[name] = v
		}
	}
	return out
}

// Readable is a field's value as people read it and as the rest of the API writes it.
func Readable(field, v string) string {
	switch field {
	case fieldCompany:
		return parse[company](v).Name
	case fieldSource:
		return parse[source](v).Source
	case fieldStatus:
		return string(parse[status](v).Status)
	case fieldGrade:
		return parse[grade](v).Grade
	case fieldTags:
		return strings.Join(parse[[]string](v), ", ")
	case fieldPosted, fieldActivity:
		return strings.Trim(v, `"`)
	}
	return v
}

// store writes to into the lead of n, which holds n.img, tombstones too; more are further columns.
func store(tx *gorm.DB, n *node, to Image, more map[string]any) error {
	set := columns(n.img, to)
	maps.Copy(set, more)
	if len(set) == 0 {
		return nil
	}
	set["version"] = gorm.Expr("version + 1")
	if err := tx.Unscoped().Model(&lead.Lead{}).Where("id = ?", n.row.ID).UpdateColumns(set).Error; err != nil {
		return err
	}
	n.img = to.clone()
	return nil
}
