package duplicate

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
)

// Query asks for a page of pairs, the surest first.
type Query struct {
	State    State
	Min, Max float64 // of the score, both included
	LeadID   string  // only pairs of this lead; "" = all
	Cursor   string
	Limit    int
}

// Page is a page of pairs.
type Page struct {
	Items       []Both
	Next        string // "" on the last page
	Total       int
	TotalCapped bool
}

// maxTotal is up to where pairs are counted.
const maxTotal = 10_000

// cursor is the place after a page; it carries the total, so that only the first page counts.
type cursor struct {
	Score  float64 `json:"s"`
	ID     string  `json:"i"`
	Total  int     `json:"t"`
	Capped bool    `json:"c"`
}

func (c cursor) encode() string {
	b, _ := json.Marshal(c) // numbers and texts always encode
	return base64.RawURLEncoding.EncodeToString(b)
}

func decodeCursor(text string) (c cursor, err error) {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || json.Unmarshal(b, &c) != nil || !id.Valid(c.ID) || c.Total < 0 || c.Total > maxTotal {
		const msg = "This cursor does not belong to this list. Begin again without a cursor."
		return c, fault.InvalidFields("cursor_invalid", msg, fault.Field{Name: "cursor", Code: "cursor_invalid", Message: msg})
	}
	return c, nil
}

// List answers a page of the pairs whose leads the viewer may see. Fault: Invalid for the cursor.
func (s *Service) List(ctx context.Context, r Query) (Page, error) {
	read := s.db.Read.WithContext(ctx)
	wanted := func() *gorm.DB {
		q := s.pairs(ctx, read, r.State != Merged).Where("p.state = ? AND p.score >= ? AND p.score <= ?", r.State, r.Min, r.Max)
		if r.LeadID != "" {
			q = q.Where("(p.lead_a = ? OR p.lead_b = ?)", r.LeadID, r.LeadID)
		}
		return q
	}
	var at cursor
	rows := wanted().Select("p.*").Order("p.score DESC, p.id DESC").Limit(r.Limit + 1)
	if r.Cursor != "" {
		var err error
		if at, err = decodeCursor(r.Cursor); err != nil {
			return Page{}, err
		}
		rows = rows.Where("(p.score < ? OR (p.score = ? AND p.id < ?))", at.Score, at.Score, at.ID)
	} else {
		var n int64
		if err := read.Table("(?) AS counted", wanted().Select("p.id").Limit(maxTotal+1)).Count(&n).Error; err != nil {
			return Page{}, fmt.Errorf("count pairs: %w", err)
		}
		at.Total, at.Capped = min(int(n), maxTotal), n > maxTotal
	}
	var ps []Pair
	if err := rows.Find(&ps).Error; err != nil {
		return Page{}, fmt.Errorf("list pairs: %w", err)
	}
	out := Page{Total: at.Total, TotalCapped: at.Capped}
	if len(ps) > r.Limit {
		ps = ps[:r.Limit]
		last := ps[len(ps)-1]
		out.Next = cursor{last.Score, last.ID, at.Total, at.Capped}.encode()
	}
	var err error
	out.Items, err = s.with(read, ps)
	return out, err
}

// Get is one pair. Fault: NotFound.
func (s *Service) Get(ctx context.Context, pairID string) (Both, error) {
	return s.get(ctx, s.db.Read.WithContext(ctx), pairID)
}

func (s *Service) get(ctx context.Context, q *gorm.DB, pairID string) (Both, error) {
	if !id.Valid(pairID) {
		return Both{}, notFound()
	}
	var p Pair
	err := s.pairs(ctx, q, false).Select("p.*").Where("p.id = ?", pairID).Take(&p).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Both{}, notFound()
	}
	if err != nil {
		return Both{}, fmt.Errorf("read pair: %w", err)
	}
	out, err := s.with(q, []Pair{p})
	if err != nil {
		return Both{}, err
	}
	return out[0], nil
}
