package lead

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/account"
	"winnow/backend/internal/lead/filter"
)

const (
	// MaxLimit is the most leads of one page.
	MaxLimit     = 200
	defaultLimit = 50
	maxTotal     = 10_000 // totals are counted up to here: "10000+"
)

// Query asks for one page of leads.
type Query struct {
	Filter string // grammar of lead/filter; "" = all
	Search string // full text; "" = none
	Sort   string // "" = DefaultSort
	Cursor string // Page.Next of the page before, or Page.Prev of the one after; "" = first page
	Limit  int    // ≤ MaxLimit; 0 = 50
}

// Page is one page of leads.
type Page struct {
	Items       []Lead
	Next        string // cursor of the next page, "" on the last
	Prev        string // cursor of the page before, "" on the first
	Total       int    // of all pages, at most 10,000
	TotalCapped bool   // there are more than Total
	Highlights  []Highlights
	Mended      string // the search that was answered in place of one that found nothing, "" = none
}

// criteria is a checked filter and search, tied to the viewer of a context.
type criteria struct {
	filter filter.Filter
	search search
}

func (s *Store) criteria(ctx context.Context, filterText, q string) (criteria, error) {
	v, _ := account.From(ctx)
	all, _ := account.Rows(ctx)
	f, err := filter.Parse(filterText, filter.Env{Now: s.clock.Now(), UserID: v.UserID, All: all, Relations: s.relations})
	if err != nil {
		return criteria{}, err
	}
	words, err := parseSearch(q)
	return criteria{f, words}, err
}

// scope narrows q to the leads that the viewer may see and that meet the criteria.
func (s *Store) scope(ctx context.Context, q *gorm.DB, c criteria) *gorm.DB {
	q = visible(ctx, q)
	if !c.filter.Empty() {
		q = q.Where(c.filter.Where(s.db.Dialect))
	}
	if !c.search.empty() {
		q = q.Where(c.search.where(s.db.Dialect))
	}
	return q
}

// List answers one page of the leads that the viewer may see. Faults: Invalid for filter, search, sort, cursor or limit.
func (s *Store) List(ctx context.Context, q Query) (*Page, error) {
	c, err := s.criteria(ctx, q.Filter, q.Search)
	if err != nil {
		return nil, err
	}
	order, err := parseSort(q.Sort)
	if err != nil {
		return nil, err
	}
	limit, err := checkLimit(q.Limit)
	if err != nil {
		return nil, err
	}
	list := fingerprint(q.Filter, q.Search, order)
	read := s.db.Read.WithContext(ctx).Session(&gorm.Session{QueryFields: true})
	if c.search, err = c.search.plan(s.db.Dialect, s.db.Read.WithContext(ctx)); err != nil {
		return nil, err
	}
	var at cursor
	if q.Cursor != "" {
		if at, err = decodeCursor(q.Cursor, list, order); err != nil {
			return nil, err
		}
	}
	way := order
	if at.Back {
		way = order.reversed()
	}
	rows := s.scope(ctx, read.Model(&Lead{}), c).Clauses(clause.OrderBy{Expression: way}).Limit(limit + 1)
	if q.Cursor != "" {
		rows = rows.Where(way.after(at.Values))
	}
	page := &Page{Total: at.Total, TotalCapped: at.Capped}
	if err := s.fill(ctx, page, rows, c, q.Cursor == "", limit); err != nil {
		return nil, err
	}
	more := len(page.Items) > limit
	if more {
		page.Items = page.Items[:limit]
	}
	if at.Back {
		slices.Reverse(page.Items)
	}
	if n := len(page.Items); n > 0 {
		if more || at.Back {
			page.Next = cursorAfter(&page.Items[n-1], order, list, page.Total, page.TotalCapped).encode()
		}
		if at.Back && more || !at.Back && q.Cursor != "" {
			page.Prev = cursorBefore(&page.Items[0], order, list, page.Total, page.TotalCapped).encode()
		}
	}
	page.Highlights = c.search.highlight(page.Items)
	if page.Total == 0 && q.Cursor == "" {
		return s.mended(ctx, q, c.search, page)
	}
	return page, nil
}

// Mender mends misspelt words: those that no lead has become the nearest that some lead has.
type Mender interface {
	Mend(ctx context.Context, words []string) (mended []string, changed bool, err error)
}

// mended is the page of the search with its spelling mended, if that finds something; else none, the empty page.
func (s *Store) mended(ctx context.Context, q Query, of search, none *Page) (*Page, error) {
	if s.mender == nil || of.empty() {
		return none, nil
	}
	words, changed, err := s.mender.Mend(ctx, of.words)
	if err != nil || !changed {
		return none, err
	}
	q.Search = strings.Join(words, " ")
	plain := *s
	plain.mender = nil // once is enough
	page, err := plain.List(ctx, q)
	if err != nil || page.Total == 0 {
		return none, err
	}
	page.Mended = q.Search
	return page, nil
}

// fill reads a page's leads and, on the first page, counts. A search is counted while its leads are read, since both
// take about as long; without one the count is only taken when the page does not hold everything.
func (s *Store) fill(ctx context.Context, page *Page, rows *gorm.DB, c criteria, first bool, limit int) error {
	outer := ctx
	g, ctx := errgroup.WithContext(outer)
	abreast := first && !c.search.empty()
	count := func() (err error) {
		page.Total, page.TotalCapped, err = s.count(ctx, c)
		return err
	}
	if abreast {
		g.Go(count)
	}
	g.Go(func() error {
		if err := rows.WithContext(ctx).Find(&page.Items).Error; err != nil {
			return fmt.Errorf("list leads: %w", err)
		}
		return nil
	})
	if err := g.Wait(); err != nil || !first || abreast {
		return err
	}
	if page.Total = len(page.Items); page.Total > limit {
		ctx = outer // the group's own has ended
		return count()
	}
	return nil
}

func checkLimit(n int) (int, error) {
	if n == 0 {
		return defaultLimit, nil
	}
	if n < 0 || n > MaxLimit {
		return 0, badLimit()
	}
	return n, nil
}

// count counts up to maxTotal.
func (s *Store) count(ctx context.Context, c criteria) (n int, capped bool, err error) {
	db := s.db.Read.WithContext(ctx)
	some := s.scope(ctx, db.Model(&Lead{}), c).Select("1").Limit(maxTotal + 1)
	var total int64
	if err := db.Table("(?) AS found", some).Count(&total).Error; err != nil {
		return 0, false, fmt.Errorf("count leads: %w", err)
	}
	if total > maxTotal {
		return maxTotal, true, nil
	}
	return int(total), false, nil
}
