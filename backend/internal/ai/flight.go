package ai

import (
	"context"
	"sync"
)

// flights lets equal questions of this process be asked once: the second waits and finds the answer in the cache.
type flights struct {
	mu   sync.Mutex
	open map[string]*flight
}

type flight struct {
	turn    chan struct{}
	waiting int
}

func newFlights() *flights { return &flights{open: map[string]*flight{}} }

func (f *flights) lock(ctx context.Context, key string) (unlock func(), err error) {
	f.mu.Lock()
	one := f.open[key]
	if one == nil {
		one = &flight{turn: make(chan struct{}, 1)}
		f.open[key] = one
	}
	one.waiting++
	f.mu.Unlock()
	leave := func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if one.waiting--; one.waiting == 0 {
			delete(f.open, key)
		}
	}
	select {
	case one.turn <- struct{}{}:
		return func() { <-one.turn; leave() }, nil
	case <-ctx.Done():
		leave()
		return nil, stopped(ctx)
	}
}
