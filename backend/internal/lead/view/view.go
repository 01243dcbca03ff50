// Package view keeps the ways in which people look at their leads: filter, search, order and columns under a name. A view
// shows nobody a lead that they may not see; it only remembers what was asked for.
package view

import (
	"context"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/db"
)

// The modes of a view.
const (
	ModeTable = "table"
	ModeCards = "cards"
)

// Bounds of a view.
const (
	maxName     = 100 // characters
	maxQuery    = 4000
	maxColumns  = 300
	maxWidth    = 4000 // pixels
	maxPosition = 1_000_000
	maxPerOwner = 200
)

// Column is a column of a table as somebody has arranged it.
type Column struct {
	ID     string `json:"id"`
	Width  int    `json:"width"` // pixels, 0 = the column's own
	Hidden bool   `json:"hidden"`
}

// View is a saved view. OwnerID is nil when its owner has left.
type View struct {
	ID        string `gorm:"primaryKey"`
	OwnerID   *string
	Shared    bool
	Name      string
	Filter    string
	Search    string
	Sort      string
	Mode      string
	Columns   db.JSON[[]Column]
	Position  int
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt time.Time `gorm:"autoUpdateTime:false"`
	Version   int
}

// TableName names the table.
func (View) TableName() string { return "saved_views" }

// Spec is what people decide about a view.
type Spec struct {
	Name     string
	Shared   bool
	Filter   string
	Search   string
	Sort     string
	Mode     string // "" = ModeTable
	Columns  []Column
	Position *int // nil: last when new, else as it is
}

// Queries tells whether a filter, a search and an order can be used; lead.Store does.
type Queries interface {
	Check(ctx context.Context, filter, search, sort string) error
}

var columnID = regexp.MustCompile(`^[a-z][a-z0-9_]{0,60}$|^custom\..{1,100}$`)

// clean brings a spec into stored form and lists everything wrong with it.
func (c Spec) clean(ctx context.Context, q Queries) (Spec, error) {
	var bad []fault.Field
	wrong := func(name, code, msg string) { bad = append(bad, fault.Field{Name: name, Code: code, Message: msg}) }
	c.Name = strings.TrimSpace(norm.NFC.String(c.Name))
	if n := utf8.RuneCountInString(c.Name); n == 0 || n > maxName || !utf8.ValidString(c.Name) || strings.ContainsFunc(c.Name, unicode.IsControl) {
		wrong("name", "length", "Give the view a name of 1 to 100 characters in one line.")
	}
	if c.Mode == "" {
		c.Mode = ModeTable
	}
	if c.Mode != ModeTable && c.Mode != ModeCards {
		wrong("mode", "value_wrong", "Use table or cards.")
	}
	for name, text := range map[string]string{"filter": c.Filter, "q": c.Search, "sort": c.Sort} {
		if len(text) > maxQuery {
			wrong(name, "too_long", "Use at most 4,000 bytes.")
		}
	}
	if c.Position != nil && (*c.Position < 0 || *c.Position > maxPosition) {
		wrong("position", "out_of_range", "Use a whole number from 0 to 1,000,000.")
	}
	if msg := badColumns(c.Columns); msg != "" {
		wrong("columns", "value_wrong", msg)
	}
	if len(bad) > 0 {
		return c, fault.InvalidFields("view_invalid", "The view cannot be kept like this; nothing was changed.", bad...)
	}
	if c.Columns == nil {
		c.Columns = []Column{}
	}
	return c, q.Check(ctx, c.Filter, c.Search, c.Sort)
}

func badColumns(cols []Column) string {
	if len(cols) > maxColumns {
		return "Use at most 300 columns."
	}
	seen := map[string]bool{}
	for _, col := range cols {
		switch {
		case !columnID.MatchString(col.ID) || !utf8.ValidString(col.ID):
			return "A column is named by its id, such as name or custom.budget."
		case seen[col.ID]:
			return "Name each column once."
		case col.Width < 0 || col.Width > maxWidth:
			return "A column is at most 4,000 pixels wide."
		}
		seen[col.ID] = true
	}
	return ""
}
