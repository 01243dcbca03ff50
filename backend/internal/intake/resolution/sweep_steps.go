package resolution

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/intake/linkage"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
)

// learn estimates the models from the leads, or as many of them as are enough, spread over all.
func (s *Service) learn(ctx context.Context, sw *Sweep) error {
	read := s.db.Read.WithContext(ctx)
	var total int64
	if err := read.Model(&lead.Lead{}).Count(&total).Error; err != nil {
		return fmt.Errorf("count leads: %w", err)
	}
	records := map[group][]linkage.Record{}
	every := max(1, int(total)/learnMax)
	n := 0
	err := s.each(ctx, "", func(leads []lead.Lead) error {
		for i := range leads {
			if g := groupOf(&leads[i]); g != "" && (n/perStep)%every == 0 {
				records[g] = append(records[g], recordOf(g, &leads[i]))
			}
			n++
		}
		return s.beat(ctx, sw)
	})
	if err != nil {
		return err
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
		sw.Phase, sw.At, sw.Done, sw.Total = Indexing, "", 0, int(total)
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

// each reads all leads after one, in the order of their ids, perStep at a time.
func (s *Service) each(ctx context.Context, after string, f func([]lead.Lead) error) error {
	for {
		leads, err := s.next(s.db.Read.WithContext(ctx), after)
		if err != nil || len(leads) == 0 {
			return err
		}
		after = leads[len(leads)-1].ID
		if err := f(leads); err != nil {
			return err
		}
	}
}

func (s *Service) next(q *gorm.DB, after string) ([]lead.Lead, error) {
	q = q.Select(columns()).Order("id").Limit(perStep)
	if after != "" {
		q = q.Where("id > ?", after)
	}
	var leads []lead.Lead
	if err := q.Find(&leads).Error; err != nil {
		return nil, fmt.Errorf("read leads: %w", err)
	}
	return leads, nil
}

// index stores the keys of all leads, which depend on the model.
func (s *Service) index(ctx context.Context, sw *Sweep) error {
	return s.steps(ctx, sw, func(tx *gorm.DB, ms map[group]*matcher, leads []lead.Lead) error {
		return rekey(tx, idsOf(leads), prepare(ms, leads))
	}, func(tx *gorm.DB) error {
		sw.Phase, sw.At, sw.Done = Comparing, "", 0
		return s.save(tx, sw)
	})
}

// compareAll compares all leads with those that share a key.
func (s *Service) compareAll(ctx context.Context, sw *Sweep) error {
	err := s.steps(ctx, sw, func(tx *gorm.DB, ms map[group]*matcher, leads []lead.Lead) error {
		found, err := s.look(tx, ms, prepare(ms, leads), true)
		if err != nil {
			return err
		}
		n, err := s.pairs.Record(tx, found)
		sw.Found += n
		return err
	}, func(tx *gorm.DB) error {
		now := s.clock.Now()
		sw.Status, sw.FinishedAt = Finished, &now
		return s.save(tx, sw)
	})
	if err != nil {
		return err
	}
	_, err = s.pairs.Forget(ctx, *sw.StartedAt)
	return err
}

// steps does something with all leads, perStep in a transaction that also keeps the place, and then what ends the phase.
func (s *Service) steps(ctx context.Context, sw *Sweep, do func(*gorm.DB, map[group]*matcher, []lead.Lead) error, end func(*gorm.DB) error) error {
	for over := false; !over; {
		err := s.within(ctx, sw, func(tx *gorm.DB) error {
			leads, err := s.next(tx, sw.At)
			if err != nil {
				return err
			}
			if over = len(leads) == 0; over {
				return end(tx)
			}
			ms, err := s.current(tx)
			if err != nil {
				return err
			}
			if err := do(tx, ms, leads); err != nil {
				return err
			}
			sw.At, sw.Done = leads[len(leads)-1].ID, sw.Done+len(leads)
			return s.save(tx, sw)
		})
		if err != nil {
			if db.IsBusy(err) && ctx.Err() == nil {
				over = false
				continue
			}
			return err
		}
	}
	return nil
}

func idsOf(leads []lead.Lead) []string {
	out := make([]string, len(leads))
	for i := range leads {
		out[i] = leads[i].ID
	}
	return out
}
