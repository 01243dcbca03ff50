package polite

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/gocolly/colly/v2"
)

// Crawl walks pages with a collector: a bounded queue in which hosts take turns, and a fixed number of workers. Make one
// with Run.Crawl, set the collector's callbacks, call Add in them for links that are wanted, then Walk.
type Crawl struct {
	run *Run
	c   *colly.Collector

	mu      sync.Mutex
	more    *sync.Cond
	hosts   map[string]*hostQueue
	turns   []*hostQueue // hosts with addresses that wait and a place that is free
	known   map[string]struct{}
	waiting int
	working int
	dropped int
	done    bool
}

type hostQueue struct {
	list    []step
	working int
	queued  bool // stands in turns
}

type step struct {
	url   string
	depth int
}

const depthKey = "winnow-depth"

// Crawl makes a crawl and its collector.
func (r *Run) Crawl(ctx context.Context) *Crawl {
	w := &Crawl{run: r, c: r.Collector(ctx), hosts: map[string]*hostQueue{}, known: map[string]struct{}{}}
	w.c.MaxDepth = 0           // the queue counts
	w.c.AllowURLRevisit = true // and knows what it has seen
	w.more = sync.NewCond(&w.mu)
	return w
}

// Collector is the collector whose callbacks look at pages.
func (w *Crawl) Collector() *colly.Collector { return w.c }

// Add puts a link of a page into the queue, unless it was there before, lies too deep, or the queue is full. from is nil
// for an address to begin with. It tells whether the link will be followed.
func (w *Crawl) Add(from *colly.Request, link string) bool {
	depth := 0
	if from != nil {
		if link = from.AbsoluteURL(link); link == "" {
			return false
		}
		depth = 1
		if d, ok := from.Ctx.GetAny(depthKey).(int); ok {
			depth = d + 1
		}
	}
	u, err := url.Parse(link)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || len(link) > w.run.l.Length || depth > w.run.l.Depth {
		return false
	}
	link, _, _ = strings.Cut(link, "#")
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, ok := w.known[link]; ok || w.done {
		return false
	}
	if w.waiting >= w.run.l.Waiting || len(w.known) >= w.run.l.Waiting+w.run.l.Pages {
		w.dropped++
		return false
	}
	w.known[link] = struct{}{}
	w.waiting++
	key := siteOf(u.Hostname())
	q := w.hosts[key]
	if q == nil {
		q = &hostQueue{}
		w.hosts[key] = q
	}
	q.list = append(q.list, step{link, depth})
	w.offer(q)
	return true
}

// Dropped is how many links found no place in the queue.
func (w *Crawl) Dropped() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.dropped
}

// offer lets a host take its turn when it may.
func (w *Crawl) offer(q *hostQueue) {
	if !q.queued && len(q.list) > 0 && q.working < w.run.f.o.PerHost {
		q.queued = true
		w.turns = append(w.turns, q)
		w.more.Signal()
	}
}

// Walk visits everything in the queue, and what is added meanwhile, and comes back when nothing is left or ctx ends.
// Failures of single pages come to the collector's OnError; Walk's own error is the end of the context alone.
func (w *Crawl) Walk(ctx context.Context, workers int) error {
	stop := context.AfterFunc(ctx, w.end)
	defer stop()
	var all sync.WaitGroup
	for range max(workers, 1) {
		all.Go(func() {
			for {
				q, s, ok := w.take()
				if !ok {
					return
				}
				w.visit(s)
				w.give(q)
			}
		})
	}
	all.Wait()
	return context.Cause(ctx)
}

func (w *Crawl) visit(s step) {
	ctx := colly.NewContext()
	ctx.Put(depthKey, s.depth)
	err := w.c.Request(http.MethodGet, s.url, nil, ctx, nil)
	if err != nil && !errors.Is(err, colly.ErrAbortedBeforeRequest) {
		w.run.f.o.Logger.Debug("a page of a crawl failed; its OnError was told", "error", err.Error())
	}
}

func (w *Crawl) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.done = true
	w.more.Broadcast()
}

// take waits for the next address; ok is false when there will be none.
func (w *Crawl) take() (q *hostQueue, s step, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.turns) == 0 && !w.done {
		if w.working == 0 && w.waiting == 0 {
			w.done = true
			w.more.Broadcast()
			break
		}
		w.more.Wait()
	}
	if w.done {
		return nil, step{}, false
	}
	q = w.turns[0]
	w.turns = w.turns[1:]
	q.queued = false
	s, q.list = q.list[0], q.list[1:]
	q.working++
	w.working++
	w.waiting--
	w.offer(q)
	return q, s, true
}

// give frees a host's place.
func (w *Crawl) give(q *hostQueue) {
	w.mu.Lock()
	defer w.mu.Unlock()
	q.working--
	w.working--
	w.offer(q)
	if w.working == 0 && w.waiting == 0 {
		w.more.Broadcast()
	}
}
