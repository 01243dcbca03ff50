package merging

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
)

// Query asks for a page of the merges that the product made by itself, newest first.
type Query struct {
	State  State // "" = all
	Cursor string
	Limit  int
}

// Page is a page of merges.
type Page struct {
	Items       []Record
	Next        string // "" on the last page
	Total       int
	TotalCapped bool
}

// maxTotal is up to where merges are counted.
const maxTotal = 10_000

// cursor is the place after a page; it carries the total, so that only the first page counts.
type cursor struct {
	At     time.Time `json:"a"`
	ID     string    `json:"i"`
	Total  int       `json:"t"`
	Capped bool      `json:"c"`
}

func (c cursor) encode() string { return base64.RawURLEncoding.EncodeToString([]byte(text(c))) }

func decodeCursor(text string) (c cursor, err error) {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || json.Unmarshal(b, &c) != nil || !id.Valid(c.ID) || c.Total < 0 || c.Total > maxTotal {
		const msg = "This cursor does not belong to this list. Begin again without a cursor."
		return c, fault.InvalidFields("cursor_invalid", msg, fault.Field{Name: "cursor", Code: "cursor_invalid", Message: msg})
	}
	return c, nil
}

// Automatic lists the merges that the product made by itself and whose survivor the viewer may see. Fault: Invalid for
// the cursor.
func (s *Service) Automatic(ctx context.Context, r Query) (Page, error) {
	read := s.DB.Read.WithContext(ctx)
	wanted := func() *gorm.DB { return seenBy(ctx, read, r.State) }
	var at cursor
	rows := wanted().Select("m.*").Order("m.created_at DESC, m.id DESC").Limit(r.Limit + 1)
	if r.Cursor != "" {
		var err error
		if at, err = decodeCursor(r.Cursor); err != nil {
			return Page{}, err
		}
		rows = rows.Where("(m.created_at < ? OR (m.created_at = ? AND m.id < ?))", at.At, at.At, at.ID)
	} else {
		var n int64
		if err := read.Table("(?) AS counted", wanted().Select("m.id").Limit(maxTotal+1)).Count(&n).Error; err != nil {
			return Page{}, fmt.Errorf("count merges: %w", err)
		}
		at.Total, at.Capped = min(int(n), maxTotal), n > maxTotal
	}
	var ms []Merge
	if err := rows.Find(&ms).Error; err != nil {
		return Page{}, fmt.Errorf("list merges: %w", err)
	}
	out := Page{Total: at.Total, TotalCapped: at.Capped}
	if len(ms) > r.Limit {
		ms = ms[:r.Limit]
		last := ms[len(ms)-1]
		out.Next = cursor{last.CreatedAt, last.ID, at.Total, at.Capped}.encode()
	}
	found, err := s.records(ctx, ms)
	if err != nil {
		return Page{}, err
	}
	for i := range found {
		// A survivor that went into a lead of somebody else meanwhile is that person's.
		into, err := s.seen(ctx, found[i].SurvivorID)
		switch {
		case fault.Is(err, fault.NotFound):
			continue
		case err != nil:
			return Page{}, err
		}
		found[i].Into = into
		out.Items = append(out.Items, found[i])
	}
	return out, nil
}

// seenBy is a query over the automatic merges whose survivor the viewer may see.
func seenBy(ctx context.Context, q *gorm.DB, state State) *gorm.DB {
	q = q.Table("merges AS m").Joins("JOIN leads s ON s.id = m.survivor_id").Where("m.automatic AND (s.deleted_at IS NULL OR s.merged_into IS NOT NULL)")
	if state != "" {
		q = q.Where("m.state = ?", state)
	}
	all, user := account.Rows(ctx)
	switch {
	case all:
		return q
	case user == "":
		return q.Where("1 = 0")
	}
	return q.Where("(s.owner_id = ? OR s.owner_id IS NULL)", user)
}
