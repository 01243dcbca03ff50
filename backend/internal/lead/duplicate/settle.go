package duplicate

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/merging"
	"winnow/backend/internal/platform/db"
)

// Auto is what merging without a person's word needs; where it is not given, every pair waits for people.
type Auto struct {
	Settings Sections
	Jobs     Jobs
	From     float64 // the score from which on a pair is beyond doubt
	// Sure weighs two leads as they are now, with all that was merged into each; held: only a person may say.
	Sure func(tx *gorm.DB, a, b *lead.Lead, as, bs []lead.Lead) (sure, held bool, err error)
}

// Jobs inserts background jobs in the transaction that needs them.
type Jobs interface {
	InsertTx(tx *gorm.DB, args river.JobArgs, o *river.InsertOpts) error
}

// Settling lets the service merge what is beyond doubt, when the policy says so.
func (s *Service) Settling(a Auto) *Service {
	s.auto = a
	return s
}

func (s *Service) sure(f Found) bool {
	return s.auto.Sure != nil && f.Held == "" && f.Score >= s.auto.From
}

// ask has the sure pairs merged, if that is the policy.
func (s *Service) ask(ctx context.Context, tx *gorm.DB) error {
	if p, _, err := s.Policy(ctx); err != nil || !p.MergeSure {
		return err
	}
	return s.insert(tx)
}

// turn is how long finds are gathered, so that they share a job.
const turn = 5 * time.Second

func (s *Service) insert(tx *gorm.DB) error {
	if s.auto.Jobs == nil {
		return nil
	}
	at := s.clock.Now().Truncate(turn).Add(turn)
	return s.auto.Jobs.InsertTx(tx, SettleArgs{at.Unix()}, &river.InsertOpts{ScheduledAt: at, UniqueOpts: river.UniqueOpts{ByArgs: true}})
}

// settleable is a query over the open pairs that may be merged without a person's word: leads of two owners are not.
func (s *Service) settleable(q *gorm.DB) *gorm.DB {
	return q.Table("duplicate_pairs AS p").Joins("JOIN leads a ON a.id = p.lead_a").Joins("JOIN leads b ON b.id = p.lead_b").
		Where("p.state = ? AND p.held = '' AND p.score >= ?", Open, s.auto.From).
		Where("a.deleted_at IS NULL AND b.deleted_at IS NULL AND (a.owner_id = b.owner_id OR (a.owner_id IS NULL AND b.owner_id IS NULL))")
}

const perPage = 100

// Settle merges the open pairs that are beyond doubt, the surest first, each in a transaction of its own, and answers how
// many. What may not be merged so stays in the queue.
func (s *Service) Settle(ctx context.Context) (int, error) {
	ctx = account.With(ctx, account.System())
	done := 0
	var last *Pair
	for {
		p, _, err := s.Policy(ctx)
		if err != nil || !p.MergeSure || s.auto.Sure == nil {
			return done, err
		}
		q := s.settleable(s.db.Read.WithContext(ctx)).Select("p.*").Order("p.score DESC, p.id DESC").Limit(perPage)
		if last != nil {
			q = q.Where("(p.score < ? OR (p.score = ? AND p.id < ?))", last.Score, last.Score, last.ID)
		}
		var ps []Pair
		if err := q.Find(&ps).Error; err != nil {
			return done, fmt.Errorf("read sure pairs: %w", err)
		}
		for i := range ps {
			merged, err := s.settle(ctx, &ps[i], p)
			if err != nil {
				return done, err
			}
			if merged {
				done++
			}
		}
		if len(ps) < perPage {
			return done, nil
		}
		last = &ps[len(ps)-1]
	}
}

// leftError says that a pair stays in the queue.
type leftError struct{ why Held }

func (leftError) Error() string { return "this pair is left to people" }

func (s *Service) settle(ctx context.Context, p *Pair, policy Policy) (bool, error) {
	both, err := s.with(s.db.Read.WithContext(ctx), []Pair{*p})
	if err != nil {
		return false, err
	}
	r := merging.Request{
		Survivor: both[0].Suggest, Merged: []string{p.LeadB}, Rule: policy.Rule, Rules: policy.Rules, Pair: p.ID,
		Check: func(tx *gorm.DB, leads []lead.Lead) error { return s.mayMerge(tx, p.ID, &leads[0], &leads[1]) },
	}
	if r.Survivor == p.LeadB {
		r.Merged[0] = p.LeadA
	}
	_, err = s.merges.Merge(ctx, r)
	if left, ok := errors.AsType[leftError](err); ok {
		return false, s.leave(ctx, p.ID, left.why)
	}
	switch fault.KindOf(err) {
	case "":
		return true, nil
	case fault.NotFound, fault.Conflict, fault.Stale: // merged, deleted or changed by others at this moment
		return false, nil
	default:
		return false, err
	}
}

// mayMerge is a leftError unless two leads, which nobody else can change now, may be merged without a person's word.
func (s *Service) mayMerge(tx *gorm.DB, pairID string, a, b *lead.Lead) error {
	q := tx
	if s.db.Dialect == db.Postgres {
		q = q.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate})
	}
	var now []Pair
	if err := q.Where("id = ? AND state = ?", pairID, Open).Find(&now).Error; err != nil {
		return fmt.Errorf("read the pair: %w", err)
	}
	if len(now) == 0 || !sameOwner(a, b) {
		return leftError{}
	}
	if merging.Restricts(a) != merging.Restricts(b) {
		return leftError{HeldConsent}
	}
	if known, err := apart(tx, a.ID, b.ID); err != nil {
		return err
	} else if known {
		return leftError{HeldDoubt}
	}
	as, err := under(tx, a.ID)
	if err != nil {
		return err
	}
	bs, err := under(tx, b.ID)
	if err != nil {
		return err
	}
	sure, held, err := s.auto.Sure(tx, a, b, as, bs)
	switch {
	case err != nil:
		return err
	case held:
		return leftError{HeldNames}
	case !sure:
		return leftError{HeldDoubt}
	}
	return nil
}

func sameOwner(a, b *lead.Lead) bool {
	if a.OwnerID == nil || b.OwnerID == nil {
		return a.OwnerID == b.OwnerID
	}
	return *a.OwnerID == *b.OwnerID
}

// under are a lead and those that were merged into it, with what each holds of its own.
func under(tx *gorm.DB, leadID string) ([]lead.Lead, error) {
	ids, err := lead.Members(tx, leadID)
	if err != nil {
		return nil, err
	}
	return merging.Own(tx, ids)
}

// leave notes why a pair is left to people; the next look at its leads asks anew.
func (s *Service) leave(ctx context.Context, pairID string, why Held) error {
	if why == "" {
		return nil
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Model(&Pair{}).Where("id = ? AND state = ?", pairID, Open).UpdateColumn("held", why).Error
	})
}
