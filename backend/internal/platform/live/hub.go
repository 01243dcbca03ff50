// Package live carries the event feed to browsers over WebSocket. One tailer per process reads the feed behind the
// database's commits and keeps the newest messages in a ring; every connection has its own place in the feed and takes
// from the ring, or from the feed itself when it is far behind. So a slow reader costs no memory and nothing is lost.
package live

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/fault"
)

const (
	ringSize    = 2048
	pageSize    = 256
	farBehind   = 5000 // a reader further back than this is told to load everything anew instead
	defaultPoll = 500 * time.Millisecond
	maxSockets  = 10_000
	maxPerKey   = 32
)

// Message is one entry of the feed, ready to send.
type Message struct {
	Seq     int64
	OwnerID *string // who alone may see it besides those who see all; nil = everyone
	JSON    []byte  // the envelope {seq, type, at, subject, data}
}

// Source is the feed; *event.Log's Feed is one.
type Source interface {
	// Since is what follows seq, oldest first, at most limit; it never runs past something still uncommitted.
	Since(ctx context.Context, seq int64, limit int) ([]Message, error)
	// Last is the newest Seq that Since would answer.
	Last(ctx context.Context) (int64, error)
	// Appended grows whenever this process appends.
	Appended() int64
}

// Nudger carries "there is something new" between processes; *Redis is one.
type Nudger interface {
	// Run calls nudged for each nudge of another process, until ctx ends.
	Run(ctx context.Context, nudged func())
	// Nudge tells the others; it does not block.
	Nudge()
}

// Options set up a Hub. Only Source is needed.
type Options struct {
	Source Source
	Nudger Nudger        // nil: other processes are noticed by polling alone
	Poll   time.Duration // how often to look without a nudge; 0 = 500 ms
	Clock  clock.Clock   // of the rate of incoming messages; nil = the machine's
	Logger *slog.Logger  // nil = slog.Default
}

// Hub follows the feed and feeds the connections. Make one with New, start it with Run.
type Hub struct {
	o     Options
	nudge chan struct{}
	done  chan struct{}

	mu       sync.Mutex
	ring     []Message     // in order of Seq, the newest last
	from, to int64         // the ring holds every message with from < Seq ≤ to
	changed  chan struct{} // closed and replaced whenever the ring changes
	idle     bool          // nobody listens: the ring is not kept up
	sockets  int
	perKey   map[string]int
	appended int64
}

// New makes a hub.
func New(o Options) *Hub {
	if o.Poll <= 0 {
		o.Poll = defaultPoll
	}
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return &Hub{
		o: o, nudge: make(chan struct{}, 1), done: make(chan struct{}), changed: make(chan struct{}), idle: true,
		perKey: map[string]int{},
	}
}

// Committed tells the hub that a transaction of this process committed; give it to db.AfterCommit. It is quick, and
// does nothing unless something was appended.
func (h *Hub) Committed() {
	h.mu.Lock()
	n := h.o.Source.Appended()
	news := n != h.appended
	h.appended = n
	h.mu.Unlock()
	if !news {
		return
	}
	h.wake()
	if h.o.Nudger != nil {
		h.o.Nudger.Nudge()
	}
}

func (h *Hub) wake() {
	select {
	case h.nudge <- struct{}{}:
	default: // one is waiting already
	}
}

// Run follows the feed until ctx ends; then every connection is closed. A database that does not answer is logged once
// and tried again at each poll.
func (h *Hub) Run(ctx context.Context) {
	defer close(h.done)
	var group sync.WaitGroup
	defer group.Wait()
	if h.o.Nudger != nil {
		group.Go(func() { h.o.Nudger.Run(ctx, h.wake) })
	}
	poll := time.NewTicker(h.o.Poll)
	defer poll.Stop()
	failing := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-h.nudge:
		case <-poll.C:
		}
		err := h.follow(ctx)
		if err != nil && !failing && ctx.Err() == nil {
			h.o.Logger.WarnContext(ctx, "live updates wait: the event feed cannot be read", "error", err.Error())
		}
		if err == nil && failing {
			h.o.Logger.InfoContext(ctx, "live updates go on")
		}
		failing = err != nil
	}
}

// follow takes what is new into the ring.
func (h *Hub) follow(ctx context.Context) error {
	h.mu.Lock()
	if h.sockets == 0 {
		h.idle, h.ring = true, nil
		h.mu.Unlock()
		return nil
	}
	idle, to := h.idle, h.to
	h.mu.Unlock()
	if idle {
		last, err := h.o.Source.Last(ctx)
		if err != nil {
			return fmt.Errorf("read the end of the feed: %w", err)
		}
		h.restart(last)
		to = last
	}
	for {
		page, err := h.o.Source.Since(ctx, to, pageSize)
		if err != nil {
			return fmt.Errorf("read the feed: %w", err)
		}
		if len(page) > 0 {
			to = h.take(page)
		}
		if len(page) < pageSize {
			return nil
		}
	}
}

// restart empties the ring at seq; whoever is behind reads the feed itself.
func (h *Hub) restart(seq int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.idle, h.ring, h.from, h.to = false, nil, seq, seq
	h.announce()
}

func (h *Hub) take(page []Message) int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ring = append(h.ring, page...)
	if over := len(h.ring) - ringSize; over > 0 {
		h.from = h.ring[over-1].Seq
		h.ring = append([]Message(nil), h.ring[over:]...)
	}
	h.to = page[len(page)-1].Seq
	h.announce()
	return h.to
}

// announce wakes every connection; h.mu is held.
func (h *Hub) announce() {
	close(h.changed)
	h.changed = make(chan struct{})
}

// after is what follows seq, at most pageSize, and a channel that closes when there may be more.
func (h *Hub) after(ctx context.Context, seq int64) ([]Message, <-chan struct{}, error) {
	h.mu.Lock()
	changed := h.changed
	if !h.idle && seq >= h.from {
		page := ringAfter(h.ring, seq)
		h.mu.Unlock()
		return page, changed, nil
	}
	h.mu.Unlock()
	page, err := h.o.Source.Since(ctx, seq, pageSize)
	return page, changed, err
}

// ringAfter copies, so that the ring may move on.
func ringAfter(ring []Message, seq int64) []Message {
	lo, hi := 0, len(ring)
	for lo < hi {
		if mid := (lo + hi) / 2; ring[mid].Seq <= seq {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return append([]Message(nil), ring[lo:min(len(ring), lo+pageSize)]...)
}

// enter counts a connection in. Faults: RateLimited when there are too many.
func (h *Hub) enter(key string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.sockets >= maxSockets || h.perKey[key] >= maxPerKey {
		return fault.New(fault.RateLimited, "too_many_sockets", "Too many live connections are open; close other tabs and try again")
	}
	h.sockets++
	h.perKey[key]++
	h.wake()
	return nil
}

func (h *Hub) leave(key string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.sockets--
	if h.perKey[key]--; h.perKey[key] <= 0 {
		delete(h.perKey, key)
	}
}

// Sockets is how many connections are open.
func (h *Hub) Sockets() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.sockets
}
