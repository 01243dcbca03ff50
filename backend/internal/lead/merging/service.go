package merging

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
)

// The events of this room. Data of lead.merged: merge_id, automatic when the product itself merged and, of the survivor, leads (ids) and fields (names), of a merged
// lead, into. Data of lead.unmerged: merge_id and, of the survivor, leads and fields, of a lead that came back, from.
const (
	EventMerged   = "lead.merged"
	EventUnmerged = "lead.unmerged"
)

// Leads is what merging needs of the lead room.
type Leads interface {
	Get(ctx context.Context, leadID string) (*lead.Lead, error)
	CleanText(field, v string) (stored, problem string)
	KeyOf(field, value string) string
}

// Events is what merging needs of the event log.
type Events interface {
	Append(tx *gorm.DB, evs ...event.Event) error
}

// Judged tells under which lead the newest analysis of a lead was made; "" when there is none.
type Judged func(tx *gorm.DB, leadID string) (firstLead string, err error)

// Deps are what the service works with.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Events   Events
	Leads    Leads
	Children []lead.Child
	Judged   Judged // nil: nothing analyses leads
}

// Service merges leads and undoes that.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// errDry ends the transaction of a dry run, so that nothing of it stays.
var errDry = errors.New("dry run")

// tries is how often a merge is tried when something else changed the same leads at the same moment.
const tries = 6

// tx runs f in one transaction, again when it stood in somebody's way; a dry run leaves nothing behind.
func (s *Service) tx(ctx context.Context, dry bool, f func(tx *gorm.DB) error) error {
	if !account.CanWrite(ctx) {
		return fault.New(fault.Forbidden, "lead_read_only", "Your role can look at leads but not merge them. Ask an administrator for the role “user”.")
	}
	var err error
	for range tries {
		err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
			if err := f(tx); err != nil {
				return err
			}
			if dry {
				return errDry
			}
			return nil
		})
		if errors.Is(err, errDry) {
			return nil
		}
		if err == nil || ctx.Err() != nil || !errors.Is(err, errMoved) && !db.IsBusy(err) {
			return err
		}
	}
	if errors.Is(err, errMoved) {
		return fault.New(fault.Conflict, "merge_busy", "These leads were merged or changed by others at the same moment. Nothing was changed. Reload them and try again.")
	}
	return err
}

// move gives what hangs on from to the lead to, and counts.
func (s *Service) move(tx *gorm.DB, from, to string, moved map[string]int64) error {
	for _, c := range s.Children {
		n, err := c.Move(tx, from, to)
		if err != nil {
			return err
		}
		if n > 0 {
			moved[c.Name()] += n
		}
	}
	return nil
}

func note(typ string, l *lead.Lead, data map[string]any) event.Event {
	return event.Event{Type: typ, SubjectKind: lead.EventKind, SubjectID: l.ID, OwnerID: l.OwnerID, Data: data}
}
