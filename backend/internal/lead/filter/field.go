package filter

import (
	"slices"
	"strings"

	"gorm.io/gorm/clause"

	"winnow/backend/internal/config/suggest"
)

const customPrefix = "custom."

type op string

const (
	opEq       op = "="
	opNe       op = "!="
	opLt       op = "<"
	opLe       op = "<="
	opGt       op = ">"
	opGe       op = ">="
	opIn       op = "in"
	opHas      op = "has"
	opContains op = "contains"
	opEmpty    op = "empty"
)

func (o op) known() bool {
	return slices.Contains([]op{opEq, opNe, opLt, opLe, opGt, opGe, opIn, opHas, opContains, opEmpty}, o)
}

// kind is how a field's values are read and compared.
type kind int

const (
	kindText   kind = iota // free text: letter case does not count
	kindCode               // a lower-case word, compared as it is
	kindGrade              // A+ is the best: grade >= B means B or better
	kindStatus             // one of a fixed set
	kindInt
	kindMoney // units of the workspace currency; stored as micro-units
	kindTime
	kindID
	kindOf   // things of another room that the lead belongs to, by their ids
	kindWord // one of a relation's words
	kindTags
	kindCustom
)

// String is the kind's name for who offers fields.
func (k kind) String() string {
	return [...]string{"text", "code", "grade", "status", "int", "money", "time", "id", "of", "word", "tags", "custom"}[k]
}

func (k kind) list() []op {
	ordered := []op{opEq, opNe, opLt, opLe, opGt, opGe}
	switch k {
	case kindText:
		return []op{opEq, opNe, opIn, opContains, opEmpty}
	case kindCode:
		return []op{opEq, opNe, opIn, opContains, opEmpty}
	case kindStatus:
		return []op{opEq, opNe, opIn}
	case kindGrade, kindInt, kindMoney:
		return append(ordered, opIn, opEmpty)
	case kindTime:
		return append(ordered, opEmpty)
	case kindID:
		return []op{opEq, opNe, opIn, opEmpty}
	case kindOf:
		return []op{opEq, opNe, opIn}
	case kindWord:
		return []op{opEq, opNe, opIn, opEmpty}
	case kindTags:
		return []op{opHas, opEmpty}
	case kindCustom:
		return append(ordered, opIn, opContains, opEmpty)
	}
	return nil
}

func (k kind) allows(o op) bool { return slices.Contains(k.list(), o) }

func (k kind) operators() string {
	var out []string
	for _, o := range k.list() {
		out = append(out, string(o))
	}
	return strings.Join(out, " ")
}

// field is a row of the allow-list: a name people write and the column it stands for.
type field struct {
	name     string
	column   string
	kind     kind
	nullable bool
	custom   string    // the custom field's name, when kind is kindCustom
	relation *Relation // of another room, nil for a column
}

func (f field) col() clause.Column { return clause.Column{Table: "leads", Name: f.column} }

// fields is the allow-list. Several names may stand for one column.
func fields() []field {
	return []field{
		{name: "id", column: "id", kind: kindID},
		{name: "name", column: "name"},
		{name: "title", column: "title"},
		{name: "company", column: "company"},
		{name: "company_id", column: "company_id", kind: kindID, nullable: true},
		{name: "email", column: "email"},
		{name: "phone", column: "phone"},
		{name: "linkedin_url", column: "linkedin_url"},
		{name: "url", column: "url"},
		{name: "source", column: "source", kind: kindCode},
		{name: "source_id", column: "source_id"},
		{name: "content", column: "content"},
		{name: "industry", column: "industry"},
		{name: "location", column: "location"},
		{name: "country", column: "country"},
		{name: "timezone", column: "timezone"},
		{name: "company_size", column: "company_size"},
		{name: "language", column: "language", kind: kindCode},
		{name: "status", column: "status", kind: kindStatus},
		{name: "grade", column: "grade", kind: kindGrade},
		{name: "score", column: "score", kind: kindInt},
		{name: "pain", column: "pain_id", kind: kindCode},
		{name: "top_pain", column: "pain_id", kind: kindCode},
		{name: "owner", column: "owner_id", kind: kindID, nullable: true},
		{name: "owner_id", column: "owner_id", kind: kindID, nullable: true},
		{name: "value", column: "value_micros", kind: kindMoney, nullable: true},
		{name: "tags", column: "tags", kind: kindTags},
		{name: "posted_at", column: "posted_at", kind: kindTime, nullable: true},
		{name: "analyzed_at", column: "analyzed_at", kind: kindTime, nullable: true},
		{name: "last_activity_at", column: "last_activity_at", kind: kindTime},
		{name: "created_at", column: "created_at", kind: kindTime},
		{name: "updated_at", column: "updated_at", kind: kindTime},
		{name: "archived_at", column: "archived_at", kind: kindTime, nullable: true},
	}
}

// known lists the columns and the relations.
func known(relations []Relation) []field {
	out := fields()
	for _, r := range relations {
		out = append(out, r.field())
	}
	return out
}

func lookup(t token, relations []Relation) (field, error) {
	lower := strings.ToLower(t.text)
	if strings.HasPrefix(lower, customPrefix) {
		name := t.text[len(customPrefix):]
		if name == "" || len(name) > 100 {
			return field{}, bad(t.at, "unknown_field", "a custom field needs a name of 1–100 bytes, such as custom.budget")
		}
		return field{name: t.text, column: "custom", kind: kindCustom, custom: name}, nil
	}
	var names []string
	for _, f := range known(relations) {
		if f.name == lower {
			return f, nil
		}
		names = append(names, f.name)
	}
	return field{}, bad(t.at, "unknown_field", "there is no field “%s”.%s", Clip(t.text), suggest.Hint(t.text, names))
}
