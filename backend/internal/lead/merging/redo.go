package merging

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
)

// Redo does an undone merge again, by the same choices: a new merge of the same leads. What the undoing gave to one of them
// and nobody changed since is shown again. Faults: Forbidden, NotFound, Conflict (it stands; or one of its leads was
// merged elsewhere or deleted since).
func (s *Service) Redo(ctx context.Context, mergeID string, dryRun bool) (Outcome, error) {
	var out Outcome
	err := s.tx(ctx, dryRun, func(tx *gorm.DB) error {
		m, f, err := s.find(ctx, tx, mergeID)
		if err != nil {
			return err
		}
		ids, err := itemsOf(tx, mergeID)
		if err != nil {
			return err
		}
		if err := mayRedo(m, f, ids); err != nil {
			return err
		}
		images := make(map[string]Image, len(ids))
		for _, one := range ids {
			images[one] = f.nodes[one].img
		}
		r := Request{Survivor: ids[0], Merged: ids[1:], Rule: m.Rule, choices: m.Choices.V, redoOf: &m.ID}
		if out, err = s.merge(ctx, tx, r); err != nil {
			return err
		}
		return s.showAgain(tx, m, images, &out)
	})
	if dryRun {
		out.ID = ""
	}
	return out, err
}

func mayRedo(m *Merge, f *forest, ids []string) error {
	if m.State == Done {
		return fault.New(fault.Conflict, "merge_stands", "This merge stands; there is nothing to do again.")
	}
	for _, one := range ids {
		if n := f.nodes[one]; n == nil || n.row.MergedInto != nil || n.row.DeletedAt.Valid {
			return fault.New(fault.Conflict, "merge_moved_on", "One of these leads was merged into another or deleted since. Undo that first, or merge the leads as they are now.")
		}
	}
	return nil
}

// showAgain brings back what the survivor showed when the merge was undone, where both sides are as the undoing left them.
func (s *Service) showAgain(tx *gorm.DB, m *Merge, images map[string]Image, out *Outcome) error {
	f, err := load(tx, s.DB.Dialect, []string{m.SurvivorID})
	if err != nil {
		return err
	}
	n := f.nodes[m.SurvivorID]
	for _, g := range m.Undo.V {
		untouched := !slices.ContainsFunc(sortedKeys(images), func(one string) bool { return images[one][g.Field] != g.After[one] })
		if untouched && (g.Field == fieldTags || !same(n.img.get(g.Field), g.Value)) {
			e := g.Edit
			e.Pos = n.next()
			e.Base = n.surv.Shown.V.get(g.Field)
			n.surv.Edits.V = append(n.surv.Edits.V, e)
		}
	}
	if err := f.save(tx, n, nil); err != nil {
		return fmt.Errorf("show again: %w", err)
	}
	return s.reread(tx, n.row.ID, &out.Survivor)
}
