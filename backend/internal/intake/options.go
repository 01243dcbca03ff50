package intake

import (
	"maps"
	"slices"
	"strings"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
)

// Options are what the user may say about an import; everything is optional.
type Options struct {
	Mapping       map[string]*string `json:"mapping,omitempty"` // header → field, null = leave the column out
	Fresh         bool               `json:"fresh,omitempty"`   // start from the guesses, not from the mapping of last time
	Encoding      string             `json:"encoding,omitempty"`
	Delimiter     string             `json:"delimiter,omitempty"`
	Sheet         string             `json:"sheet,omitempty"`          // of a workbook
	HeaderRow     *int               `json:"header_row,omitempty"`     // row that names the columns, 0 = none, null = found
	DateOrder     string             `json:"date_order,omitempty"`     // dmy or mdy, for columns that do not prove theirs
	Source        string             `json:"source,omitempty"`         // source of rows that name none
	DefaultRegion string             `json:"default_region,omitempty"` // ISO 3166 country of national phone numbers
	Force         bool               `json:"force,omitempty"`          // import a file although it is known to hold no leads
	OwnerID       *string            `json:"owner_id,omitempty"`
	Tags          []string           `json:"tags,omitempty"`
	Rows          Rows               `json:"rows,omitempty"`        // which rows come in
	Known         Known              `json:"known,omitempty"`       // what a known lead takes from its row
	ClearEmpty    bool               `json:"clear_empty,omitempty"` // with overwrite: an empty cell empties the field
	Match         []string           `json:"match,omitempty"`       // what tells that a row is a known lead, of MatchKinds; none = all
	Defaults      map[string]string  `json:"defaults,omitempty"`    // field → value for rows that have none
}

// Rows says which rows of a file come in.
type Rows string

// The choices of Rows; "" is RowsAll.
const (
	RowsAll    Rows = "all"
	RowsCreate Rows = "create" // rows of leads that are known already change nothing
	RowsUpdate Rows = "update" // rows of leads that are not known are rejected
)

// Known says what a known lead takes from its row.
type Known string

// The choices of Known; "" is KnownFill. Tags only ever gain.
const (
	KnownFill      Known = "fill"      // only what it lacks
	KnownOverwrite Known = "overwrite" // every value that the row has
)

// MatchKinds are the fields by which a row can be told to be a known lead, the most telling first.
func MatchKinds() []string { return []string{"source_id", "email", "linkedin_url", "phone"} }

// kindOf is the kind of identity that a field of MatchKinds gives.
func kindOf(field string) string {
	switch field {
	case "source_id":
		return lead.IdentitySource
	case "linkedin_url":
		return lead.IdentityLinkedin
	}
	return field // email and phone are called the same
}

// DefaultFields are the fields for which rows that have no value can be given one: what many leads may share.
func DefaultFields() []string {
	return []string{"title", "company", "industry", "company_size", "location", "country", "language"}
}

// matches reports whether identities of this kind decide who a row is.
func (o Options) matches(kind string) bool {
	if len(o.Match) == 0 {
		return true
	}
	return slices.ContainsFunc(o.Match, func(field string) bool { return kindOf(field) == kind })
}

// checkPolicy finds what is wrong with the choices about rows and known leads.
func (o Options) checkPolicy() (bad []fault.Field) {
	add := func(name, msg string) { bad = append(bad, fault.Field{Name: name, Code: "unknown", Message: msg}) }
	if !slices.Contains([]Rows{"", RowsAll, RowsCreate, RowsUpdate}, o.Rows) {
		add("rows", "Must be all, create (only new leads) or update (only known leads).")
	}
	if !slices.Contains([]Known{"", KnownFill, KnownOverwrite}, o.Known) {
		add("known", "Must be fill (only what a lead lacks) or overwrite.")
	}
	if o.ClearEmpty && o.Known != KnownOverwrite {
		add("clear_empty", "Works only together with overwrite.")
	}
	for _, m := range o.Match {
		if !slices.Contains(MatchKinds(), m) {
			add("match", "Must be some of "+strings.Join(MatchKinds(), ", ")+".")
			break
		}
	}
	for _, field := range slices.Sorted(maps.Keys(o.Defaults)) {
		if !slices.Contains(DefaultFields(), field) {
			add("defaults."+field, "Only these can have a default: "+strings.Join(DefaultFields(), ", ")+".")
		} else if len(o.Defaults[field]) > maxShort {
			add("defaults."+field, "At most 500 characters.")
		}
	}
	return bad
}
