package account

import (
	"sync"
	"time"
)

// How long and how many answers about credentials are remembered. Changes in this process clear them at once; those of
// other processes show after at most the age.
const (
	cacheAge  = 5 * time.Second
	cacheSize = 10_000
)

type cached struct {
	viewer Viewer
	until  time.Time
}

// viewerCache spares the database a look-up on each request.
type viewerCache struct {
	mu    sync.Mutex
	gen   int // counts clears, so that what was read before a clear is not stored after it
	known map[string]cached
}

func newViewerCache() *viewerCache { return &viewerCache{known: map[string]cached{}} }

// get is the remembered viewer of key, or what load says, which also tells how long the credential itself is good.
func (c *viewerCache) get(key string, now time.Time, load func() (Viewer, time.Time, error)) (Viewer, error) {
	c.mu.Lock()
	hit, ok := c.known[key]
	gen := c.gen
	c.mu.Unlock()
	if ok && now.Before(hit.until) && hit.until.Sub(now) <= cacheAge {
		return hit.viewer, nil
	}
	v, until, err := load()
	if err != nil {
		return Viewer{}, err
	}
	if most := now.Add(cacheAge); until.After(most) {
		until = most
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if gen == c.gen {
		if len(c.known) >= cacheSize {
			clear(c.known)
		}
		c.known[key] = cached{v, until}
	}
	return v, nil
}

func (c *viewerCache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gen++
	clear(c.known)
}
