package lead

import (
	"context"

	"gorm.io/gorm"

	"winnow/backend/internal/event"
)

// Events is what this room needs of the event log.
type Events interface {
	Append(tx *gorm.DB, evs ...event.Event) error
	ForSubjects(ctx context.Context, kind string, subjectIDs []string, limit int) ([]event.Event, error)
}

// Key is an identity without its row: a kind and the exact value.
type Key struct{ Kind, Value string }

// Normaliser brings values that people type into the form in which leads come in. The intake room's rules fill it.
type Normaliser interface {
	// Normalise answers the stored form of a field's value and the identity it gives its lead (nil: none). problem says
	// what is wrong with the value, "" when nothing is. Fields without rules come back as they are.
	Normalise(field, value string) (stored string, key *Key, problem string)
}

// EventKind is the subject kind of a lead's events.
const EventKind = "lead"

// The events of this room. Data: fields (names of what changed), source.
const (
	EventUpdated  = "lead.updated"
	EventDeleted  = "lead.deleted"
	EventRestored = "lead.restored"
)

// Service changes leads: every change checks the viewer's rights, keeps the provenance and tells the event log, all in
// one transaction.
type Service struct {
	*Store
	events Events
	norm   Normaliser
}

// NewService makes the service over the store.
func NewService(s *Store, events Events, norm Normaliser) *Service {
	return &Service{Store: s, events: events, norm: norm}
}

// note is an event about a lead. fields are names only.
func note(typ string, l *Lead, fields []string) event.Event {
	e := event.Event{Type: typ, SubjectKind: EventKind, SubjectID: l.ID, OwnerID: l.OwnerID, Data: map[string]any{}}
	if len(fields) > 0 {
		e.Data["fields"] = fields
	}
	return e
}
