package lead

import (
	"context"
	"slices"

	"winnow/backend/internal/event"
)

// Timeline is what happened to a lead and to those that were merged into it, newest first. Fault: NotFound.
func (s *Service) Timeline(ctx context.Context, leadID string, limit int) ([]event.Event, error) {
	if _, err := s.Get(ctx, leadID); err != nil {
		return nil, err
	}
	members, err := Members(s.db.Read.WithContext(ctx), leadID)
	if err != nil {
		return nil, err
	}
	evs, err := s.events.ForSubjects(ctx, EventKind, members, limit)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(evs, func(e event.Event) bool { return e.SubjectID != leadID && toldTwice(e) }), nil
}

// toldTwice reports whether an event of a merged lead is told of the lead that stands for it too: that it was merged, that
// it came back, that both were taken for the same.
func toldTwice(e event.Event) bool {
	return e.Data["into"] != nil || e.Data["from"] != nil || e.Data["pair_id"] != nil
}
