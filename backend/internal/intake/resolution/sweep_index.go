package resolution

import (
	"context"
	"errors"
	"fmt"
	"math"

	"gorm.io/gorm"

	"winnow/backend/internal/event"
	"winnow/backend/internal/lead"
)

// index stores the keys of all leads anew, since they depend on the model. They are worked out first and sorted, then
// written in their order: a key in the place of its like, which a million keys in the order of leads would each have to
// find. A sweep that was killed works them out again and goes on writing where it was.
func (s *Service) index(ctx context.Context, sw *Sweep) (err error) {
	since, err := s.log.Last(ctx)
	if err != nil {
		return err
	}
	sorter, err := newBuckets()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sorter.close()) }()
	if err := s.workOut(ctx, sw, sorter); err != nil {
		return err
	}
	for bucket := range bucketCount {
		if err := s.write(ctx, sw, sorter, bucket); err != nil {
			return err
		}
	}
	if err := s.renewSince(ctx, sw, since); err != nil {
		return err
	}
	return s.step(ctx, sw, func(*gorm.DB) error {
		sw.Phase, sw.At, sw.Done = Comparing, "", 0
		return nil
	})
}

// workOut gathers the keys of all leads, and stores which each lead has.
func (s *Service) workOut(ctx context.Context, sw *Sweep, into *buckets) error {
	ms, err := s.current(s.db.Read.WithContext(ctx))
	if err != nil {
		return err
	}
	read, fresh := 0, sw.At == ""
	return inOrder(ctx, s.width, s.chunksAfter(0), func(_ context.Context, leads []lead.Lead) ([]*prepared, error) {
		ready := prepare(ms, leads)
		for _, p := range ready {
			p.ready = nil // only its keys are wanted
		}
		return ready, nil
	}, func(ctx context.Context, leads []lead.Lead, ready []*prepared) error {
		for _, p := range ready {
			for _, h := range p.keys {
				if err := into.add(keyRow{h, p.lead.Seq}); err != nil {
					return fmt.Errorf("sort keys: %w", err)
				}
			}
		}
		read += len(leads)
		return s.step(ctx, sw, func(tx *gorm.DB) error {
			if fresh {
				sw.Done = min(read, sw.Total) / 2 // the other half is for writing
			}
			return keepSets(tx, ready)
		})
	})
}

// perWrite is how many keys are written in one transaction: others write between.
const perWrite = 10_000

// write puts the keys of a bucket in place of those that were there, from where the sweep stands.
func (s *Service) write(ctx context.Context, sw *Sweep, sorter *buckets, bucket int) error {
	done := int64(math.MinInt64)
	if sw.At != "" {
		done = number(sw.At)
	}
	top := highest(bucket)
	if sw.At != "" && done >= top {
		return nil
	}
	rows, err := sorter.sorted(bucket)
	if err != nil {
		return err
	}
	for sw.At == "" || done < top {
		for len(rows) > 0 && sw.At != "" && rows[0].Hash <= done {
			rows = rows[1:]
		}
		n, to := len(rows), top
		if n > perWrite {
			for n = perWrite; n < len(rows) && rows[n].Hash == rows[n-1].Hash; n++ { // a key and all its leads in one go
			}
			to = rows[n-1].Hash
			if n == len(rows) {
				to = top
			}
		}
		err := s.step(ctx, sw, func(tx *gorm.DB) error {
			q := tx.Where("hash <= ?", to)
			if sw.At != "" {
				q = q.Where("hash > ?", done)
			}
			if err := q.Delete(&keyRow{}).Error; err != nil {
				return fmt.Errorf("drop keys: %w", err)
			}
			sw.At = text(to)
			sw.Done = sw.Total/2 + int(float64(sw.Total-sw.Total/2)*(float64(bucket)+1)/bucketCount)
			return s.insert(tx, rows[:n])
		})
		if err != nil {
			return err
		}
		rows, done = rows[n:], to
	}
	return nil
}

// renewSince stores the keys of leads that changed while all keys were written.
func (s *Service) renewSince(ctx context.Context, sw *Sweep, seq int64) error {
	wants := s.Follower().Wants
	last, err := s.log.Last(ctx)
	for err == nil && seq < last { // what comes later is for what follows events
		evs, err := s.log.Since(ctx, seq, event.MaxPage)
		if err != nil || len(evs) == 0 {
			return err
		}
		var ids []string
		for _, e := range evs {
			if wants(e.Type) {
				ids = append(ids, e.SubjectID)
			}
		}
		if seq = evs[len(evs)-1].Seq; len(ids) == 0 {
			continue
		}
		if err := s.step(ctx, sw, func(tx *gorm.DB) error {
			ms, err := s.current(tx)
			if err == nil {
				_, err = s.renew(tx, ms, ids)
			}
			return err
		}); err != nil {
			return err
		}
	}
	return err
}
