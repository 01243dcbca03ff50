package resolution

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/intake/linkage"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/duplicate"
	"winnow/backend/internal/platform/db"
)

// learn estimates the models from the leads, or as many of them as are enough, spread over all.
func (s *Service) learn(ctx context.Context, sw *Sweep) error {
	read := s.db.Read.WithContext(ctx)
	var of struct{ Total, Last int64 }
	if err := read.Model(&lead.Lead{}).Select("COUNT(*) AS total, COALESCE(MAX(seq), 0) AS last").Scan(&of).Error; err != nil {
		return fmt.Errorf("count leads: %w", err)
	}
	records := map[group][]linkage.Record{}
	every := max(1, of.Total/learnMax)
	for after := int64(0); after < of.Last; {
		leads, err := s.next(read, after)
		if err != nil {
			return err
		}
		if len(leads) == 0 {
			break
		}
		for i := range leads {
			if g := groupOf(&leads[i]); g != "" {
				records[g] = append(records[g], recordOf(g, &leads[i]))
			}
		}
		first, last := leads[0].Seq, leads[len(leads)-1].Seq
		after = last + (every-1)*(last-first+1) // as much as was read, some times over, is passed over
		if err := s.beat(ctx, sw); err != nil {
			return err
		}
	}
	stop := s.keepLease(ctx, sw)
	models := map[group]*linkage.Model{}
	for g, rs := range records {
		if len(rs) >= leastLearned {
			models[g] = linkage.Learn(g.fields(), rs)
		}
	}
	stop()
	return s.within(ctx, sw, func(tx *gorm.DB) error {
		for g, m := range models {
			if err := s.keep(tx, g, m, len(records[g])); err != nil {
				return err
			}
		}
		sw.Phase, sw.At, sw.Done, sw.Total = Indexing, "", 0, int(of.Total)
		return s.save(tx, sw)
	})
}

// leastLearned is how many leads tell more than what is believed before.
const leastLearned = 200

func (s *Service) keep(tx *gorm.DB, g group, m *linkage.Model, leads int) error {
	b, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("encode the model: %w", err)
	}
	row := storedModel{Name: string(g), Model: db.NewJSON(json.RawMessage(b)), Leads: leads, LearnedAt: s.clock.Now()}
	if err := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "name"}}, UpdateAll: true}).Create(&row).Error; err != nil {
		return fmt.Errorf("store the model: %w", err)
	}
	return nil
}

// next reads some leads after one, in the order of their numbers.
func (s *Service) next(q *gorm.DB, after int64) ([]lead.Lead, error) {
	var leads []lead.Lead
	if err := q.Select(columns()).Where("seq > ?", after).Order("seq").Limit(perStep).Find(&leads).Error; err != nil {
		return nil, fmt.Errorf("read leads: %w", err)
	}
	return leads, nil
}

// compareAll compares all leads with those that share a key. Many are compared at once; what is found is stored in the
// order of the leads, a step in each transaction that also keeps the place.
func (s *Service) compareAll(ctx context.Context, sw *Sweep) error {
	ms, err := s.current(s.db.Read.WithContext(ctx))
	if err != nil {
		return err
	}
	err = inOrder(ctx, s.width, s.chunksAfter(number(sw.At)), func(ctx context.Context, leads []lead.Lead) ([]duplicate.Found, error) {
		return s.look(s.db.Read.WithContext(ctx), ms, prepare(ms, leads), true)
	}, func(ctx context.Context, leads []lead.Lead, found []duplicate.Found) error {
		return s.step(ctx, sw, func(tx *gorm.DB) error {
			found, err := unchanged(tx, found)
			if err != nil {
				return err
			}
			n, err := s.pairs.Record(tx, found)
			sw.Found += n
			sw.At, sw.Done = text(leads[len(leads)-1].Seq), sw.Done+len(leads)
			return err
		})
	})
	if err != nil {
		return err
	}
	if err := s.step(ctx, sw, func(*gorm.DB) error {
		now := s.clock.Now()
		sw.Status, sw.FinishedAt = Finished, &now
		return nil
	}); err != nil {
		return err
	}
	_, err = s.pairs.Forget(ctx, *sw.StartedAt)
	return err
}

// unchanged leaves out pairs of leads that are gone since they were read. One that only changed is compared again by what
// follows its event, if that has not been done yet.
func unchanged(tx *gorm.DB, found []duplicate.Found) ([]duplicate.Found, error) {
	if len(found) == 0 {
		return nil, nil
	}
	var ids []string
	for _, f := range found {
		ids = append(ids, f.A, f.B)
	}
	here := make(map[string]bool, len(ids))
	leads, err := read(tx, ids)
	if err != nil {
		return nil, err
	}
	for i := range leads {
		here[leads[i].ID] = true
	}
	out := found[:0:0]
	for _, f := range found {
		if here[f.A] && here[f.B] {
			out = append(out, f)
		}
	}
	return out, nil
}

// step does something in a transaction that also saves the sweep, again while the database is busy.
func (s *Service) step(ctx context.Context, sw *Sweep, do func(tx *gorm.DB) error) error {
	for {
		err := s.within(ctx, sw, func(tx *gorm.DB) error {
			if err := do(tx); err != nil {
				return err
			}
			return s.save(tx, sw)
		})
		if err == nil || !db.IsBusy(err) || ctx.Err() != nil {
			return err
		}
	}
}
