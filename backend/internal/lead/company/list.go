package company

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/duplicate"
)

// Query asks for a page of pairs, the surest first.
type Query struct {
	State  duplicate.State
	Min    float64 // of the score
	Cursor string
	Limit  int
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

// List answers a page of the pairs of which the viewer sees a lead of each company. Fault: Invalid for the cursor.
func (s *Service) List(ctx context.Context, r Query) (Page, error) {
	read := s.db.Read.WithContext(ctx)
	wanted := func() *gorm.DB {
		return s.pairs(ctx, read, r.State != duplicate.Merged).Where("p.state = ? AND p.score >= ?", r.State, r.Min)
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
			return Page{}, fmt.Errorf("count pairs of companies: %w", err)
		}
		at.Total, at.Capped = min(int(n), maxTotal), n > maxTotal
	}
	var ps []Pair
	if err := rows.Find(&ps).Error; err != nil {
		return Page{}, fmt.Errorf("list pairs of companies: %w", err)
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

// pairs is a query over the pairs of which the viewer sees a lead of each company.
func (s *Service) pairs(ctx context.Context, q *gorm.DB, live bool) *gorm.DB {
	q = q.Table("company_pairs AS p").Joins("JOIN companies a ON a.id = p.company_a").Joins("JOIN companies b ON b.id = p.company_b")
	if live {
		q = q.Where("a.deleted_at IS NULL AND b.deleted_at IS NULL")
	}
	all, user := account.Rows(ctx)
	switch {
	case all:
		return q
	case user == "":
		return q.Where("1 = 0")
	}
	return q.Where("EXISTS (SELECT 1 FROM leads l WHERE l.company_id = a.id AND l.deleted_at IS NULL AND (l.owner_id = ? OR l.owner_id IS NULL))", user).
		Where("EXISTS (SELECT 1 FROM leads l WHERE l.company_id = b.id AND l.deleted_at IS NULL AND (l.owner_id = ? OR l.owner_id IS NULL))", user)
}

// with reads the companies of pairs, tombstones too, and counts their leads.
func (s *Service) with(q *gorm.DB, ps []Pair) ([]Both, error) {
	ids := make([]string, 0, 2*len(ps))
	for _, p := range ps {
		ids = append(ids, p.CompanyA, p.CompanyB)
	}
	var rows []lead.Company
	if err := q.Session(&gorm.Session{}).Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read companies of pairs: %w", err)
	}
	var counts []struct {
		CompanyID string
		N         int
	}
	if err := q.Session(&gorm.Session{}).Model(&lead.Lead{}).Select("company_id", "COUNT(*) AS n").Where("company_id IN ?", ids).Group("company_id").Find(&counts).Error; err != nil {
		return nil, fmt.Errorf("count leads of companies: %w", err)
	}
	firms := make(map[string]Firm, len(rows))
	for _, c := range rows {
		firms[c.ID] = Firm{Company: c}
	}
	for _, c := range counts {
		f := firms[c.CompanyID]
		f.Leads = c.N
		firms[c.CompanyID] = f
	}
	out := make([]Both, len(ps))
	for i, p := range ps {
		out[i] = Both{Pair: p, A: firms[p.CompanyA], B: firms[p.CompanyB]}
		out[i].Suggest = suggest(&out[i].A, &out[i].B)
	}
	return out, nil
}

// Merges lists the merges of companies, newest first; those who see all leads see them.
func (s *Service) Merges(ctx context.Context, limit int) ([]Merged, error) {
	if all, _ := account.Rows(ctx); !all {
		return nil, nil
	}
	read := s.db.Read.WithContext(ctx)
	var ms []Merge
	if err := read.Order("created_at DESC, id DESC").Limit(limit).Find(&ms).Error; err != nil {
		return nil, fmt.Errorf("list merges of companies: %w", err)
	}
	ids := make([]string, 0, 2*len(ms))
	for _, m := range ms {
		ids = append(ids, m.SurvivorID, m.MergedID)
	}
	var rows []lead.Company
	if err := read.Select("id", "name").Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read merged companies: %w", err)
	}
	names := make(map[string]string, len(rows))
	for _, c := range rows {
		names[c.ID] = c.Name
	}
	out := make([]Merged, len(ms))
	for i, m := range ms {
		out[i] = Merged{m, names[m.SurvivorID], names[m.MergedID]}
	}
	return out, nil
}

// Merged is a merge with the names of its companies.
type Merged struct {
	Merge
	Into, From string
}
