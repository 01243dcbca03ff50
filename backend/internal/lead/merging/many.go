package merging

import (
	"context"
	"slices"

	"winnow/backend/internal/fault"
)

// MaxUndone is the most merges that are undone at once.
const MaxUndone = 500

// Undoing says what undoing many merges did.
type Undoing struct {
	Undone  []string          // merges
	Skipped map[string]string // merge → code of the fault that stood in its way
}

// UndoMany takes merges back, the last named first, each in a transaction of its own. Those that are undone already, ask
// something, or are not the viewer's to undo are skipped. Faults: Forbidden, Invalid.
func (s *Service) UndoMany(ctx context.Context, ids []string) (Undoing, error) {
	out := Undoing{Skipped: map[string]string{}}
	if len(ids) == 0 || len(ids) > MaxUndone {
		return out, fault.InvalidFields("merges_invalid", "Nothing was undone.", fault.Field{Name: "ids", Code: "out_of_range", Message: "Name 1 to 500 merges."})
	}
	for _, one := range slices.Backward(ids) {
		_, err := s.Undo(ctx, one, nil, false)
		switch fault.KindOf(err) {
		case "":
			out.Undone = append(out.Undone, one)
		case fault.NotFound, fault.Conflict, fault.Stale:
			out.Skipped[one] = fault.CodeOf(err)
		case fault.Forbidden:
			if fault.CodeOf(err) == "lead_read_only" {
				return out, err
			}
			out.Skipped[one] = fault.CodeOf(err)
		default:
			return out, err
		}
	}
	return out, nil
}
