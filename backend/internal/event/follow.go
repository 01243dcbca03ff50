package event

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/platform/db"
)

// Follower keeps something up to date that is derived from what the events tell: an index, a roll-up. Every event is
// given to Do exactly once, in order, by one process at a time, in the transaction that also keeps the place.
type Follower struct {
	Name string
	// Wants says which types of event Do is given.
	Wants func(typ string) bool
	Do    func(ctx context.Context, tx *gorm.DB, evs []Event) error
}

// place is how far a follower has read.
type place struct {
	Name string `gorm:"primaryKey"`
	Seq  int64
}

// TableName names the table.
func (place) TableName() string { return "event_followers" }

// followChunk is how many events are worked at a time: a request that comes meanwhile is slowed down for that long.
const followChunk = 100

// Follow gives the next events to f and says whether there may be more. When another process is at it, nothing is done.
func (l *Log) Follow(ctx context.Context, f Follower) (more bool, err error) {
	// Without events there is no transaction to open: on SQLite it would keep writers waiting.
	var at place
	err = l.db.Read.WithContext(ctx).First(&at, "name = ?", f.Name).Error
	if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return false, fmt.Errorf("read the place of %s: %w", f.Name, err)
	}
	evs, err := l.Since(ctx, at.Seq, followChunk)
	if err != nil || len(evs) == 0 {
		return false, err
	}
	taken := false
	err = l.db.Tx(ctx, func(tx *gorm.DB) error {
		var mine bool
		if mine, err = l.take(tx, f.Name, at.Seq); err != nil || !mine {
			return err
		}
		taken = true
		var wanted []Event
		for _, e := range evs {
			if f.Wants(e.Type) {
				wanted = append(wanted, e)
			}
		}
		if len(wanted) > 0 {
			if err := f.Do(ctx, tx, wanted); err != nil {
				return fmt.Errorf("%s: %w", f.Name, err)
			}
		}
		return tx.Model(&place{}).Where("name = ?", f.Name).Update("seq", evs[len(evs)-1].Seq).Error
	})
	return err == nil && taken && len(evs) == followChunk, err
}

// take locks the follower's place, if it is still where it was read.
func (l *Log) take(tx *gorm.DB, name string, seq int64) (bool, error) {
	if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&place{Name: name}).Error; err != nil {
		return false, fmt.Errorf("note the place of %s: %w", name, err)
	}
	q := tx.Where("name = ? AND seq = ?", name, seq)
	if l.db.Dialect == db.Postgres {
		q = q.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate, Options: clause.LockingOptionsSkipLocked})
	}
	var rows []place
	if err := q.Find(&rows).Error; err != nil {
		return false, fmt.Errorf("take the place of %s: %w", name, err)
	}
	return len(rows) == 1, nil
}

// Keeping says how Keep follows.
type Keeping struct {
	Pace time.Duration // between two looks for new events
	// Busy reports whether something is at work that following should not slow down, such as an import; then it waits, but
	// never longer than MaxWait.
	Busy    func(context.Context) bool
	MaxWait time.Duration
	// Watched reports whether somebody has lately asked for something; following then takes only what is left over. nil: nobody.
	Watched func() bool
	OnError func(error) // is told of faults; the next look tries again
}

// How long to rest after some work, in times of what it took: alone, half of a processor is taken; while people are there,
// a twentieth, since a list of many leads keeps two processors busy by itself.
const (
	restAlone   = 1
	restWatched = 19
)

// Keep follows until ctx ends.
func (l *Log) Keep(ctx context.Context, k Keeping, fs ...Follower) {
	t := time.NewTicker(k.Pace)
	defer t.Stop()
	waits := l.clock.Now()
	for {
		if now := l.clock.Now(); !k.Busy(ctx) || now.Sub(waits) >= k.MaxWait {
			waits = now
			for _, f := range fs {
				l.catchUp(ctx, f, k)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}

func (l *Log) catchUp(ctx context.Context, f Follower, k Keeping) {
	for first := true; ctx.Err() == nil && (first || !k.Busy(ctx)); first = false {
		began := l.clock.Now()
		more, err := l.Follow(ctx, f)
		if err != nil {
			if ctx.Err() == nil {
				k.OnError(err)
			}
			return
		}
		if !more {
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(l.clock.Now().Sub(began) * k.rest()):
		}
	}
}

func (k Keeping) rest() time.Duration {
	if k.Watched != nil && k.Watched() {
		return restWatched
	}
	return restAlone
}
