package polite

import (
	"context"
	"net/http"
	"sync"
)

// Door sends one request and follows no redirect; via are the requests that led to it, the oldest first. It is
// platform/webclient, which checks each address and bounds each answer.
type Door interface {
	Hop(req *http.Request, via []*http.Request) (*http.Response, error)
	// Redirect tells whether Hop would refuse, before robots.txt is asked there.
	Redirect(req *http.Request, via []*http.Request) error
}

// Gates keeps what hosts have asked of us, so that a restart does not forget it. A host that is not known has the zero
// Gate.
type Gates interface {
	Load(ctx context.Context, host string) (Gate, error)
	Save(ctx context.Context, host string, g Gate) error
}

// Validator is by what a host tells whether a page has changed.
type Validator struct{ ETag, LastModified string }

// Validators keeps the validators of pages that are asked for again and again.
type Validators interface {
	Validator(ctx context.Context, url string) (Validator, error)
	SetValidator(ctx context.Context, url string, v Validator) error
}

// Memory keeps gates and validators as long as the process lives; the zero value is empty. It holds at most 100,000 of
// each.
type Memory struct {
	mu         sync.Mutex
	gates      map[string]Gate
	validators map[string]Validator
}

const memoryBound = 100_000

// Load is a host's gate.
func (m *Memory) Load(_ context.Context, host string) (Gate, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.gates[host], nil
}

// Save keeps a host's gate.
func (m *Memory) Save(_ context.Context, host string, g Gate) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	put(&m.gates, host, g)
	return nil
}

// Validator is a page's validator.
func (m *Memory) Validator(_ context.Context, url string) (Validator, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.validators[url], nil
}

// SetValidator keeps a page's validator.
func (m *Memory) SetValidator(_ context.Context, url string, v Validator) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	put(&m.validators, url, v)
	return nil
}

func put[V any](m *map[string]V, key string, v V) {
	if *m == nil {
		*m = map[string]V{}
	}
	if len(*m) >= memoryBound {
		for k := range *m { // any one
			delete(*m, k)
			break
		}
	}
	(*m)[key] = v
}
