package profile

import (
	"context"
	"fmt"
	"sync"
	"time"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/fault"
)

// recheck is how long the newest version is believed before its number is asked for again: another process may have
// saved one.
const recheck = time.Second

// maxVersions bounds the versions kept in memory.
const maxVersions = 64

// version is one compiled version with its texts; never changed once made.
type version struct {
	set  *Set
	yaml map[string]string
}

type versionKey struct {
	name    string
	version int
}

type newestEntry struct {
	version int
	checked time.Time
}

// cache holds compiled versions, which never change, and which of them is the newest, which does.
type cache struct {
	clock    clock.Clock
	mu       sync.Mutex
	versions map[versionKey]*version
	newest   map[string]newestEntry
}

func newCache(c clock.Clock) *cache {
	return &cache{clock: c, versions: map[versionKey]*version{}, newest: map[string]newestEntry{}}
}

func (c *cache) version(name string, number int) *version {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.versions[versionKey{name, number}]
}

// fresh is the newest version if it was checked a moment ago.
func (c *cache) fresh(name string) *version {
	c.mu.Lock()
	defer c.mu.Unlock()
	n, ok := c.newest[name]
	if !ok || c.clock.Now().Sub(n.checked) >= recheck {
		return nil
	}
	return c.versions[versionKey{name, n.version}]
}

func (c *cache) keep(v *version) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.versions) >= maxVersions {
		clear(c.versions)
	}
	c.versions[versionKey{v.set.Name, v.set.Version}] = v
}

// confirm notes that number was the newest at a time before asking; a higher one stays.
func (c *cache) confirm(name string, number int, asked time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if have, ok := c.newest[name]; !ok || number >= have.version {
		c.newest[name] = newestEntry{number, asked}
	}
}

// forget makes the next reader ask the database for the newest version.
func (c *cache) forget(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n, ok := c.newest[name]; ok {
		n.checked = time.Time{}
		c.newest[name] = n
	}
}

// newest is the newest version, from memory when it was checked within a second.
func (s *Service) newest(ctx context.Context, name string) (*version, error) {
	if v := s.cache.fresh(name); v != nil {
		return v, nil
	}
	asked := s.clock.Now()
	number, err := latestVersion(s.db.Read.WithContext(ctx), name)
	if err != nil {
		return nil, err
	}
	v := s.cache.version(name, number)
	if v == nil {
		r, err := latest(s.db.Read.WithContext(ctx), name)
		if err != nil {
			return nil, err
		}
		if r == nil {
			return nil, notFound(name)
		}
		if v, err = s.keep(r); err != nil {
			return nil, err
		}
	}
	s.cache.confirm(name, v.set.Version, asked)
	return v, nil
}

// keep compiles a stored version and remembers it.
func (s *Service) keep(r *row) (*version, error) {
	set, err := Compile(r.Name, r.Version, r.docs())
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "profile_stored_invalid", fmt.Sprintf("Version %d of the profile in the database is not valid any more. Restore another version.", r.Version))
	}
	v := &version{set: set, yaml: r.docs()}
	s.cache.keep(v)
	return v, nil
}

func versionNotFound(name string, number int) error {
	return fault.Newf(fault.NotFound, "profile_version_not_found", "The profile %q has no version %d.", name, number)
}

func restoredNote(number int) string { return fmt.Sprintf("restored from version %d", number) }
