package intake

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgconn"
	"golang.org/x/sync/errgroup"
	"gorm.io/gorm"

	"winnow/backend/internal/intake/normalise"
	"winnow/backend/internal/platform/db"
)

// On PostgreSQL some chunks are worked on at a time: the later ones do everything but their checkpoint while the first is
// still being stored, and commit right after it. Order, and with it every result, is that of one after the other: a
// chunk that shares an identity or a firm with one before waits for it, and at any trouble (a concurrent import was
// quicker) those behind step back, and the rest goes one by one.

// chunksAbreast is how many.
const chunksAbreast = 3

// errStepBack makes a transaction end because the chunk before has to be stored again.
var errStepBack = errors.New("the chunk before is not stored yet")

// turn is a chunk's place in the row.
type turn struct {
	before  *turn
	loaded  chan struct{} // closed when it has locked the leads it may change
	trouble chan struct{} // closed when its first try failed
	done    chan struct{} // closed when it is stored, or given up: then err says why
	err     error

	once struct{ loaded, trouble sync.Once }
}

func newTurn(before *turn) *turn {
	return &turn{before: before, loaded: make(chan struct{}), trouble: make(chan struct{}), done: make(chan struct{})}
}

func (t *turn) markLoaded()  { t.once.loaded.Do(func() { close(t.loaded) }) }
func (t *turn) markTrouble() { t.once.trouble.Do(func() { close(t.trouble) }) }

// finish ends the turn.
func (t *turn) finish(err error) {
	t.err = err
	t.markLoaded()
	t.markTrouble()
	t.before = nil // or the whole file's turns would stay in memory
	close(t.done)
}

// awaitLoad lets the chunk before lock its leads first.
func (t *turn) awaitLoad(ctx context.Context) error {
	if t.before == nil {
		return nil
	}
	select {
	case <-t.before.loaded:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// await returns when the chunk before is stored, and errStepBack when it has to try again.
func (t *turn) await(ctx context.Context) error {
	if t.before == nil {
		return nil
	}
	select {
	case <-t.before.done:
		return t.before.err
	default:
	}
	select {
	case <-t.before.done:
		return t.before.err
	case <-t.before.trouble:
		select {
		case <-t.before.done:
			return t.before.err
		default:
			return errStepBack
		}
	case <-ctx.Done():
		return ctx.Err()
	}
}

// storeChunks stores every chunk of feed.
func (s *Service) storeChunks(ctx context.Context, imp *Import, feed <-chan *chunk, progress func(Import)) error {
	importID := imp.ID // imp itself belongs to the chunk whose turn it is
	origin := Origin{ImportID: &importID, OwnerID: ownerOf(ctx, imp.Options.V.OwnerID), Options: imp.Options.V.Options}
	abreast := 1
	if s.db.Dialect == db.Postgres {
		abreast = chunksAbreast
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(abreast)
	var last *turn
	var taken []map[identity]bool // by the chunks that may be under way
	var alone atomic.Bool         // after the first trouble
	for ch := range feed {
		if ch.err != nil {
			if last != nil {
				<-last.done // the rows before the broken place are good
			}
			g.Go(func() error { return ch.err })
			break
		}
		keys := ch.keys()
		if last != nil && (alone.Load() || sharesAny(taken, keys)) {
			<-last.done
			taken = taken[:0]
		}
		taken = append(taken[max(0, len(taken)-abreast+1):], keys)
		t := newTurn(last)
		last = t
		g.Go(func() error {
			err := s.storeTurn(ctx, imp, ch, t, origin, &alone)
			if err == nil && progress != nil {
				progress(*imp)
			}
			t.finish(err)
			return err
		})
		if ctx.Err() != nil {
			break
		}
	}
	return g.Wait()
}

// storeTurn stores one chunk when it is its turn.
func (s *Service) storeTurn(ctx context.Context, imp *Import, ch *chunk, t *turn, o Origin, alone *atomic.Bool) error {
	var err error
	for range attempts {
		if err = s.storeChunk(ctx, imp, ch, t, o); err == nil || ctx.Err() != nil {
			return err
		}
		if errors.Is(err, errStepBack) {
			t.markTrouble() // those behind may hold what this one needs now
			<-t.before.done
			if t.before.err != nil {
				return t.before.err
			}
			continue
		}
		if !db.IsUnique(err) && !db.IsBusy(err) && !lockTimeout(err) && !errors.Is(err, errMerged) {
			break
		}
		alone.Store(true)
		t.markTrouble()
	}
	return full(err)
}

// lockTimeout: PostgreSQL cannot see that a chunk waits for another one of this process, so long waits end by time.
func lockTimeout(err error) bool {
	p, ok := errors.AsType[*pgconn.PgError](err)
	return ok && p.Code == "55P03"
}

// keys are the identities and firms that a chunk may write.
func (ch *chunk) keys() map[identity]bool {
	keys := map[identity]bool{}
	for _, c := range ch.cands {
		for _, k := range c.identities() {
			keys[k] = true
		}
		if k := normalise.CompanyKey(c.Lead.Company); k != "" {
			keys[identity{"company", k}] = true
		}
	}
	return keys
}

// sharesAny reports whether keys meet one of the sets.
func sharesAny(sets []map[identity]bool, keys map[identity]bool) bool {
	for _, set := range sets {
		for k := range keys {
			if set[k] {
				return true
			}
		}
	}
	return false
}

// storeChunk writes leads, fates and checkpoint in one transaction, and reports progress in the same.
func (s *Service) storeChunk(ctx context.Context, imp *Import, ch *chunk, t *turn, o Origin) error {
	var after Import
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := t.awaitLoad(ctx); err != nil {
			return err
		}
		p, err := s.acceptLoaded(ctx, tx, ch.cands, o, t.markLoaded)
		if err != nil {
			return err
		}
		outcomes := p.outcomes
		for _, r := range ch.rejects {
			outcomes = append(outcomes, Outcome{Row: r.Row, Fate: Rejected, Reject: r})
		}
		if err := s.insertFates(tx, fates(*o.ImportID, outcomes, ch.cands)); err != nil {
			return fmt.Errorf("store fates: %w", err)
		}
		if err := t.await(ctx); err != nil {
			return err
		}
		after = imp.after(ch, p, outcomes)
		until := s.clock.Now().Add(s.lease)
		after.LeaseUntil = &until
		return s.checkpoint(tx, imp, &after)
	})
	if err != nil {
		return err
	}
	*imp = after
	return nil
}

// after is the import once a chunk is stored.
func (i *Import) after(ch *chunk, p *plan, outcomes []Outcome) Import {
	after := *i
	after.Warnings.V = append([]Warning{}, i.Warnings.V...)
	after.count(outcomes)
	after.warn(p.warnings...)
	for _, c := range ch.cands {
		after.warn(c.Warnings...)
	}
	after.NextRow = ch.last
	return after
}
