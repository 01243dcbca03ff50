// Package fakeai is a local fake of the OpenAI chat API for tests: it answers by rule, obeys attackers, plays every
// fault a provider has, and keeps a log that tells who was paid for. It never calls out and counts tokens as bytes / 4.
package fakeai

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Options say how the fake behaves. The zero value answers well and at once.
type Options struct {
	Latency time.Duration // before each answer; the wait ends when the client goes away
	// Answer gives the model's words for a request; nil = Qualify.
	Answer func(Request) string
	// Script chooses what the n-th request (from 1) gets; nil = OK for each.
	Script func(n int, r Request) Step
	// Marker finds in a prompt what names its lead, for the log; nil = "MARK-" and what follows.
	Marker *regexp.Regexp
	Key    string // refuse other keys with 401; "" = take any
}

// Request is a chat request as the fake read it.
type Request struct {
	Model      string
	System     string
	User       string // the first user message
	Turns      int    // messages; 2 unless it is a re-ask
	SchemaName string
	Schema     json.RawMessage
	MaxTokens  int
	Body       []byte // as it came
}

// Entry is one request in the log.
type Entry struct {
	N         int
	At        time.Time
	Marker    string
	Step      string
	Paid      bool // a real provider would charge for it
	TokensIn  int
	TokensOut int
	Request   Request
}

// Fake is the handler. Make one with Handler or New.
type Fake struct {
	options Options
	n       atomic.Int64
	open    atomic.Int64
	most    atomic.Int64
	done    chan struct{}
	close   sync.Once

	mu  sync.Mutex
	log []Entry
}

// Handler makes a fake that is not yet served. Its Close frees hanging requests.
func Handler(o Options) *Fake {
	if o.Answer == nil {
		o.Answer = Qualify
	}
	if o.Marker == nil {
		o.Marker = regexp.MustCompile(`MARK-[0-9A-Za-z-]+`)
	}
	return &Fake{options: o, done: make(chan struct{})}
}

// New serves a fake on a free port of loopback until the test ends, and gives the base URL (with /v1).
func New(tb testing.TB, o Options) (*Fake, string) {
	tb.Helper()
	f := Handler(o)
	s := httptest.NewServer(f)
	tb.Cleanup(func() {
		f.Close()
		s.CloseClientConnections()
		s.Close()
	})
	return f, s.URL + "/v1"
}

// Close frees the requests that hang.
func (f *Fake) Close() { f.close.Do(func() { close(f.done) }) }

// Log is a copy of what came so far.
func (f *Fake) Log() []Entry {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]Entry(nil), f.log...)
}

// Most is the highest number of requests that were open at once.
func (f *Fake) Most() int { return int(f.most.Load()) }

// PaidFor counts the paid requests of each marker.
func (f *Fake) PaidFor() map[string]int {
	out := map[string]int{}
	for _, e := range f.Log() {
		if e.Paid {
			out[e.Marker]++
		}
	}
	return out
}

// Cost is what a provider would charge for everything so far, at prices in micro-units for a million tokens, each
// call rounded up.
func (f *Fake) Cost(priceIn, priceOut int64) int64 {
	const million = 1_000_000
	total := int64(0)
	for _, e := range f.Log() {
		if e.Paid {
			total += (int64(e.TokensIn)*priceIn + int64(e.TokensOut)*priceOut + million - 1) / million
		}
	}
	return total
}

// ServeHTTP answers POST …/chat/completions.
func (f *Fake) ServeHTTP(w http.ResponseWriter, hr *http.Request) {
	open := f.open.Add(1)
	defer f.open.Add(-1)
	for {
		most := f.most.Load()
		if open <= most || f.most.CompareAndSwap(most, open) {
			break
		}
	}
	body, err := io.ReadAll(io.LimitReader(hr.Body, 8<<20))
	if err != nil {
		return
	}
	if f.options.Key != "" && hr.Header.Get("Authorization") != "Bearer "+f.options.Key {
		fail(w, http.StatusUnauthorized, "invalid_api_key", "Incorrect API key provided.")
		return
	}
	r, err := parse(body)
	if err != nil {
		fail(w, http.StatusBadRequest, "invalid_request_error", err.Error())
		return
	}
	n := int(f.n.Add(1))
	step := OK()
	if f.options.Script != nil {
		step = f.options.Script(n, r)
	}
	words := ""
	if step.answers {
		words = f.options.Answer(r)
	}
	p := play{fake: f, r: r, words: words, tokensIn: tokens(string(body)), w: w, hr: hr}
	p.tokensOut = min(tokens(words), r.MaxTokens)
	if step.before != nil {
		step.before(&p)
	}
	f.note(Entry{
		N: n, At: time.Now(), Marker: f.options.Marker.FindString(r.User), Step: step.Name, Paid: step.Paid,
		TokensIn: p.tokensIn, TokensOut: p.tokensOut, Request: r,
	})
	if !p.wait(f.options.Latency + step.wait) {
		return
	}
	step.do(&p)
}

func (f *Fake) note(e Entry) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.log = append(f.log, e)
}

func tokens(s string) int { return len(s)/4 + 1 }
