package spelling

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/event"
	"winnow/backend/internal/platform/db"
)

// Speller keeps the words and mends searches by them.
type Speller struct {
	db *db.DB

	mu    sync.Mutex
	known map[string]bool // some of the words that are stored, so that most are not stored again
}

// New makes a Speller.
func New(d *db.DB) *Speller { return &Speller{db: d, known: map[string]bool{}} }

// Bounds of one step.
const (
	maxKnown  = 100_000
	perInsert = 500
	perRead   = 200
)

// Follower keeps the words from what happens to leads. Words of leads that are gone stay: they mend no search, since a
// mended search that finds nothing is not told.
func (s *Speller) Follower() event.Follower {
	return event.Follower{
		Name:  "spelling",
		Wants: func(typ string) bool { return typ == "lead.found" || typ == "lead.updated" },
		Do:    s.take,
	}
}

func (s *Speller) take(_ context.Context, tx *gorm.DB, evs []event.Event) error {
	ids := make([]string, 0, len(evs))
	for _, e := range evs {
		ids = append(ids, e.SubjectID)
	}
	slices.Sort(ids)
	var fresh []string
	for chunk := range slices.Chunk(slices.Compact(ids), perRead) {
		var leads []struct{ Name, Company, Title, Content string }
		if err := tx.Table("leads").Select("name", "company", "title", "content").Where("id IN ?", chunk).Find(&leads).Error; err != nil {
			return fmt.Errorf("read leads' words: %w", err)
		}
		for _, l := range leads {
			fresh = append(fresh, s.unknown(Words(l.Name, l.Company, l.Title, l.Content))...)
		}
	}
	slices.Sort(fresh) // one order everywhere: two writers wait for each other and never deadlock
	fresh, err := s.missing(tx, slices.Compact(fresh))
	if err != nil {
		return err
	}
	return store(tx, fresh)
}

// missing leaves out the words that are stored already, and remembers some of those.
func (s *Speller) missing(tx *gorm.DB, words []string) ([]string, error) {
	stored := map[string]bool{}
	for chunk := range slices.Chunk(words, perInsert) {
		var found []string
		if err := tx.Table("search_words").Where("word IN ?", chunk).Pluck("word", &found).Error; err != nil {
			return nil, fmt.Errorf("look for known words: %w", err)
		}
		for _, w := range found {
			stored[w] = true
		}
	}
	s.note(stored)
	return slices.DeleteFunc(words, func(w string) bool { return stored[w] }), nil
}

func (s *Speller) unknown(words []string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(words, func(w string) bool { return s.known[w] })
}

func (s *Speller) note(words map[string]bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.known)+len(words) > maxKnown {
		clear(s.known)
	}
	maps.Copy(s.known, words)
}

type wordRow struct{ Word string }

type partRow struct{ Part, Word string }

func store(tx *gorm.DB, words []string) error {
	var ws []wordRow
	var gs []partRow
	for _, w := range words {
		ws = append(ws, wordRow{w})
		for _, g := range keysOf(w) {
			gs = append(gs, partRow{g, w})
		}
	}
	if len(ws) == 0 {
		return nil
	}
	add := tx.Clauses(clause.OnConflict{DoNothing: true})
	if err := add.Table("search_words").CreateInBatches(ws, perInsert).Error; err != nil {
		return fmt.Errorf("store words: %w", err)
	}
	if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Table("search_parts").CreateInBatches(gs, perInsert).Error; err != nil {
		return fmt.Errorf("store parts of words: %w", err)
	}
	return nil
}
