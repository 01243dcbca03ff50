package lead

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
)

// maxDepth bounds how far merges of merged leads are followed.
const maxDepth = 1000

// Root follows the merges of a lead to the one that stands for it now: itself, when it was not merged into another. A
// lead that is not there answers itself.
func Root(q *gorm.DB, leadID string) (string, error) {
	at := leadID
	for range maxDepth {
		var into []string
		if err := q.Session(&gorm.Session{NewDB: true}).Table("leads").Where("id = ? AND merged_into IS NOT NULL", at).Pluck("merged_into", &into).Error; err != nil {
			return "", fmt.Errorf("follow merges: %w", err)
		}
		if len(into) == 0 {
			return at, nil
		}
		at = into[0]
	}
	return "", fmt.Errorf("the merges of lead %s go round in a circle", leadID)
}

// Members are a lead and those that were merged into it, directly or through others; the lead itself comes first.
func Members(q *gorm.DB, leadID string) ([]string, error) {
	out := []string{leadID}
	for level := out; len(level) > 0; {
		var next []string
		if err := q.Session(&gorm.Session{NewDB: true}).Table("leads").Where("merged_into IN ?", level).Order("id").Pluck("id", &next).Error; err != nil {
			return nil, fmt.Errorf("read merged leads: %w", err)
		}
		out = append(out, next...)
		level = next
	}
	return out, nil
}

// Follow is the live lead that stands for leadID now, for jobs and links that know an older one. Fault: NotFound.
func (s *Store) Follow(ctx context.Context, leadID string) (string, error) {
	if !id.Valid(leadID) {
		return "", notFound()
	}
	return Root(s.db.Read.WithContext(ctx), leadID)
}

// merged is the fault for a lead that was not found: it names the lead that it was merged into, when the viewer may see
// that one.
func merged(ctx context.Context, q *gorm.DB, leadID string) error {
	root, err := Root(q.WithContext(ctx), leadID)
	if err != nil {
		return err
	}
	if root == leadID {
		return notFound()
	}
	var found []string
	if err := visible(ctx, q.Session(&gorm.Session{NewDB: true}).WithContext(ctx).Model(&Lead{})).Where("leads.id = ?", root).Pluck("id", &found).Error; err != nil {
		return fmt.Errorf("read lead: %w", err)
	}
	if len(found) == 0 {
		return notFound()
	}
	return &fault.Error{
		Kind: fault.NotFound, Code: CodeMerged, Msg: "This lead was merged into another one. Open that one, or undo the merge there.",
		More: map[string]any{"merged_into": root},
	}
}

// CodeMerged is the code of the fault for a lead that went into another; More holds merged_into.
const CodeMerged = "lead_merged"

// MergedInto is the lead that a fault says was merged into, "" when err says nothing of the kind.
func MergedInto(err error) string {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Code != CodeMerged {
		return ""
	}
	into, _ := f.More["merged_into"].(string)
	return into
}

// Hold locks leads until the end of tx, in the order of their ids, and answers those that were merged into others, each
// with id and owner of the lead that stands for it now. Whoever hangs something on leads holds them first, so that
// nothing ends up on a tombstone.
func Hold(tx *gorm.DB, ids ...string) (map[string]Lead, error) {
	var rows []Lead
	q := tx.Unscoped().Select("id", "merged_into").Where("id IN ?", ids).Order("id")
	if tx.Name() == "postgres" {
		q = q.Clauses(clause.Locking{Strength: "NO KEY UPDATE"})
	}
	if err := q.Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("hold leads: %w", err)
	}
	out := map[string]Lead{}
	for _, l := range rows {
		if l.MergedInto == nil {
			continue
		}
		root, err := Root(tx, l.ID)
		if err != nil {
			return nil, err
		}
		var into Lead
		if err := tx.Unscoped().Select("id", "owner_id").Where("id = ?", root).Take(&into).Error; err != nil {
			return nil, fmt.Errorf("read merged lead: %w", err)
		}
		out[l.ID] = into
	}
	return out, nil
}
