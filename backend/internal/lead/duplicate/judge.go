package duplicate

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/merging"
)

// Verdict is what somebody says of a pair.
type Verdict string

// The verdicts.
const (
	SayMerge     Verdict = "merge"
	SayDifferent Verdict = "different"
	SaySkip      Verdict = "skip"
	SayOpen      Verdict = "open" // takes different and skip back
)

// Valid reports whether v is a verdict.
func (v Verdict) Valid() bool { return v == SayMerge || v.StateOf() != "" }

// StateOf is the state that a verdict other than merge gives.
func (v Verdict) StateOf() State {
	return map[Verdict]State{SayDifferent: Different, SaySkip: Skipped, SayOpen: Open}[v]
}

// Ruling is a verdict on one pair. Merge says how to merge; its survivor may be left out.
type Ruling struct {
	Verdict Verdict
	Version *int // of the pair; when given it must be that
	Merge   merging.Request
}

// Judge gives a verdict on a pair, both of whose leads the viewer may change. Of SayMerge the outcome tells what was done.
// Faults: NotFound, Forbidden, Stale, Invalid, Conflict (a lead of the pair was merged or deleted).
func (s *Service) Judge(ctx context.Context, pairID string, r Ruling) (Both, *merging.Outcome, error) {
	if err := mayWrite(ctx); err != nil {
		return Both{}, nil, err
	}
	if r.Verdict == SayMerge {
		return s.mergePair(ctx, pairID, r)
	}
	var out Both
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		b, err := s.get(ctx, tx, pairID)
		if err != nil {
			return err
		}
		if err := changeable(ctx, &b, r.Version); err != nil {
			return err
		}
		if err := s.set(ctx, tx, []Pair{b.Pair}, r.Verdict.StateOf()); err != nil {
			return err
		}
		out, err = s.get(ctx, tx, pairID)
		return err
	})
	return out, nil, err
}

func mayWrite(ctx context.Context) error {
	if account.CanWrite(ctx) {
		return nil
	}
	return fault.New(fault.Forbidden, "lead_read_only", "Your role can look at leads but not judge them. Ask an administrator for the role “user”.")
}

// changeable checks that the viewer may change both leads of a pair, and that it is still a pair.
func changeable(ctx context.Context, b *Both, version *int) error {
	for _, l := range []*lead.Lead{&b.A, &b.B} {
		if err := lead.MayChange(ctx, l); err != nil {
			return err
		}
		if l.DeletedAt.Valid {
			return fault.New(fault.Conflict, "duplicate_over", "One of these leads was merged or deleted since, so there is no pair to judge any more.")
		}
	}
	if version != nil && *version != b.Version {
		return fault.New(fault.Stale, "duplicate_stale", "Somebody judged this pair since you read it. Reload it.")
	}
	return nil
}

func (s *Service) mergePair(ctx context.Context, pairID string, r Ruling) (Both, *merging.Outcome, error) {
	b, err := s.Get(ctx, pairID)
	if err != nil {
		return b, nil, err
	}
	if err := changeable(ctx, &b, r.Version); err != nil {
		return b, nil, err
	}
	m := r.Merge
	if m.Survivor == "" {
		m.Survivor = b.Suggest
	}
	if !slices.Contains([]string{b.LeadA, b.LeadB}, m.Survivor) {
		return b, nil, fault.InvalidFields("merge_invalid", "Nothing was merged.", fault.Field{Name: "survivor_id", Code: "value_wrong", Message: "The survivor must be one of the two leads."})
	}
	m.Merged = []string{b.LeadA}
	if m.Survivor == b.LeadA {
		m.Merged[0] = b.LeadB
	}
	out, err := s.merges.Merge(ctx, m)
	if err != nil {
		return b, nil, err
	}
	b, err = s.get(ctx, s.db.Write.WithContext(ctx), pairID)
	return b, &out, err
}

// set gives pairs a state and tells of it.
func (s *Service) set(ctx context.Context, tx *gorm.DB, ps []Pair, to State) error {
	now := s.clock.Now()
	ids := make([]string, len(ps))
	leads := make([]string, 0, 2*len(ps))
	for i, p := range ps {
		ids[i] = p.ID
		leads = append(leads, p.LeadA, p.LeadB)
	}
	change := map[string]any{"state": to, "judged_by": lead.Actor(ctx), "judged_at": now, "updated_at": now, "version": gorm.Expr("version + 1")}
	if to == Open {
		change["judged_by"], change["judged_at"] = nil, nil
	}
	if err := tx.Model(&Pair{}).Where("id IN ?", ids).UpdateColumns(change).Error; err != nil {
		return fmt.Errorf("judge pairs: %w", err)
	}
	return s.tell(tx, ps, leads, to)
}

func (s *Service) tell(tx *gorm.DB, ps []Pair, leads []string, to State) error {
	var rows []lead.Lead
	if err := tx.Unscoped().Select("id", "owner_id").Where("id IN ?", leads).Find(&rows).Error; err != nil {
		return fmt.Errorf("read owners: %w", err)
	}
	owner := make(map[string]*string, len(rows))
	for _, l := range rows {
		owner[l.ID] = l.OwnerID
	}
	evs := make([]event.Event, 0, 2*len(ps))
	for _, p := range ps {
		for _, side := range [][2]string{{p.LeadA, p.LeadB}, {p.LeadB, p.LeadA}} {
			evs = append(evs, event.Event{
				Type: EventJudged, SubjectKind: lead.EventKind, SubjectID: side[0], OwnerID: owner[side[0]],
				Data: map[string]any{"pair_id": p.ID, "other": side[1], "state": string(to)},
			})
		}
	}
	return s.events.Append(tx, evs...)
}
