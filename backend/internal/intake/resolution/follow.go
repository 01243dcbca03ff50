package resolution

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"winnow/backend/internal/event"
)

// Follower compares leads as they come in and as they change.
func (s *Service) Follower() event.Follower {
	return event.Follower{
		Name: "resolution",
		Wants: func(typ string) bool {
			return slices.Contains([]string{"lead.found", "lead.updated", "lead.restored", "lead.deleted", "lead.merged", "lead.unmerged"}, typ)
		},
		Do: s.follow,
	}
}

// perLook is how many leads are compared in one go.
const perLook = 200

func (s *Service) follow(_ context.Context, tx *gorm.DB, evs []event.Event) error {
	var ids []string
	for _, e := range evs {
		ids = append(ids, e.SubjectID)
	}
	slices.Sort(ids)
	ms, err := s.current(tx)
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(slices.Compact(ids), perLook) {
		ready, err := s.renew(tx, ms, chunk)
		if err != nil {
			return err
		}
		found, err := s.look(tx, ms, ready, false)
		if err != nil {
			return err
		}
		if _, err := s.pairs.Renew(tx, chunk, found); err != nil {
			return err
		}
	}
	return nil
}

// renew stores the keys of some leads anew.
func (s *Service) renew(tx *gorm.DB, ms map[group]*matcher, ids []string) ([]*prepared, error) {
	leads, err := read(tx, ids)
	if err != nil {
		return nil, err
	}
	ready := prepare(ms, leads)
	return ready, s.rekey(tx, ids, ready)
}
