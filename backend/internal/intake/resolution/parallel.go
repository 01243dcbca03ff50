package resolution

import (
	"context"
	"strconv"

	"golang.org/x/sync/errgroup"

	"winnow/backend/internal/lead"
)

// source gives leads, some at a time, in order, until yield says no.
type source func(ctx context.Context, yield func([]lead.Lead) bool) error

// chunksAfter reads all leads after a number.
func (s *Service) chunksAfter(after int64) source {
	return func(ctx context.Context, yield func([]lead.Lead) bool) error {
		for {
			leads, err := s.next(s.db.Read.WithContext(ctx), after)
			if err != nil || len(leads) == 0 {
				return err
			}
			after = leads[len(leads)-1].Seq
			if !yield(leads) {
				return ctx.Err()
			}
		}
	}
}

// inOrder works at some chunks of a source's leads abreast, and keeps what comes of them one after the other in their
// order, so that the end is as if one had worked alone. Only a few chunks for each are in memory. The first fault ends it.
func inOrder[T any](ctx context.Context, width int, from source, work func(context.Context, []lead.Lead) (T, error), keep func(context.Context, []lead.Lead, T) error) error {
	type task struct {
		leads []lead.Lead
		done  chan T
	}
	outer := ctx
	g, ctx := errgroup.WithContext(outer)
	todo, order := make(chan *task), make(chan *task, 2*width)
	g.Go(func() error {
		defer close(todo)
		defer close(order)
		return from(ctx, func(leads []lead.Lead) bool {
			t := &task{leads, make(chan T, 1)}
			return send(ctx, order, t) && send(ctx, todo, t)
		})
	})
	for range width {
		g.Go(func() error {
			for t := range todo {
				out, err := work(ctx, t.leads)
				if err != nil {
					return err
				}
				t.done <- out
			}
			return nil
		})
	}
	g.Go(func() error {
		for t := range order {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case out := <-t.done:
				if err := keep(ctx, t.leads, out); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return g.Wait()
}

func send[T any](ctx context.Context, to chan<- T, one T) bool {
	select {
	case <-ctx.Done():
		return false
	case to <- one:
		return true
	}
}

// text and number are a place as it is stored; one that an older version stored is the beginning.
func text(n int64) string { return strconv.FormatInt(n, 10) }

func number(at string) int64 {
	n, err := strconv.ParseInt(at, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
