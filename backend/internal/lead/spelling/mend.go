package spelling

import (
	"context"
	"fmt"
	"unicode/utf8"
)

// maxCandidates bounds the words that are measured for one misspelt word.
const maxCandidates = 200

// Mend answers the words with those that no lead has replaced by the nearest ones that some lead has. changed is false
// when nothing could be mended.
func (s *Speller) Mend(ctx context.Context, words []string) (mended []string, changed bool, err error) {
	mended = append(mended, words...)
	for i, w := range words {
		folded := Fold(w)
		if !usable(folded) {
			continue
		}
		known, err := s.begins(ctx, folded)
		if err != nil {
			return nil, false, err
		}
		if known {
			continue
		}
		best, err := s.nearest(ctx, folded)
		if err != nil {
			return nil, false, err
		}
		if best != "" {
			mended[i], changed = best, true
		}
	}
	return mended, changed, nil
}

// begins reports whether some word begins so.
func (s *Speller) begins(ctx context.Context, prefix string) (bool, error) {
	var found []string
	q := s.db.Read.WithContext(ctx).Table("search_words").Where("word >= ? AND word < ?", prefix, prefix+string(utf8.MaxRune))
	if err := q.Limit(1).Pluck("word", &found).Error; err != nil {
		return false, fmt.Errorf("look a word up: %w", err)
	}
	return len(found) > 0, nil
}

// nearest is the word with the fewest mistakes between, "" when none is near enough; of equals the one that shares most
// with it, then the first.
func (s *Speller) nearest(ctx context.Context, word string) (string, error) {
	var found []string
	err := s.db.Read.WithContext(ctx).Table("search_parts").Select("word").Where("part IN ?", partsOf(word)).
		Group("word").Order("count(*) DESC, word").Limit(maxCandidates).Pluck("word", &found).Error
	if err != nil {
		return "", fmt.Errorf("look for near words: %w", err)
	}
	want := []rune(word)
	limit := allowed(len(want))
	best := ""
	for _, w := range found {
		if d := distance(want, []rune(w), limit); d <= limit {
			best, limit = w, d-1
		}
	}
	return best, nil
}
