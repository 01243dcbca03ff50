package collect_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/collect"
	"winnow/backend/internal/event"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/platform/secret"
	"winnow/backend/internal/testkit"
)

// board is a place with numbered posts; a step reads one page of them.
type board struct {
	mu     sync.Mutex
	posts  int
	per    int
	steps  int
	seen   []collect.Call
	notice string
	least  time.Duration
	// before, when set, is asked before step n (counted from 1) is answered; its error is the step's.
	before func(n int) error
	edit   func(*collect.Step)
}

func (b *board) Kind() collect.Kind {
	return collect.Kind{
		Name: "board", Title: "Board", Notice: b.notice, Least: b.least,
		Schema: json.RawMessage(`{"type":"object","required":["topic"],"additionalProperties":false,"properties":{
			"topic":{"type":"string","minLength":1},"key":{"type":"string","format":"password"}}}`),
	}
}

func (b *board) Step(_ context.Context, c collect.Call) (collect.Step, error) {
	b.mu.Lock()
	b.steps++
	n, before := b.steps, b.before
	b.seen = append(b.seen, c)
	b.mu.Unlock()
	if before != nil {
		if err := before(n); err != nil {
			return collect.Step{}, err
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	var at, kept int
	if err := json.Unmarshal(c.Kept, &kept); err != nil {
		return collect.Step{}, err
	}
	if at = kept; string(c.Cursor) != "null" {
		if err := json.Unmarshal(c.Cursor, &at); err != nil {
			return collect.Step{}, err
		}
	}
	st := collect.Step{Pages: 1, Bytes: 100}
	for ; at < b.posts && len(st.Finds) < b.per; at++ {
		st.Finds = append(st.Finds, collect.Find{Key: fmt.Sprint("p", at), URL: fmt.Sprintf("https://board.example/p/%d", at), Fields: map[string]string{
			"name": fmt.Sprintf("Person %d", at), "company": fmt.Sprintf("Firm %d", at), "content": fmt.Sprintf("Post %d says that stock is wrong", at),
		}})
	}
	st.Cursor = json.RawMessage(strconv.Itoa(at))
	if st.Done = at >= b.posts; st.Done {
		st.Keep = json.RawMessage(strconv.Itoa(at))
	}
	if b.edit != nil {
		b.edit(&st)
	}
	return st, nil
}

// queue keeps the jobs that were asked for.
type queue struct {
	mu   sync.Mutex
	runs []string
}

func (q *queue) InsertTx(_ *gorm.DB, args river.JobArgs, _ *river.InsertOpts) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if a, ok := args.(collect.RunArgs); ok {
		q.runs = append(q.runs, a.RunID)
	}
	return nil
}

type house struct {
	*collect.Service
	d     *db.DB
	log   *event.Log
	clock *clock.Virtual
	jobs  *queue
	board *board
	ctx   context.Context
}

func newHouse(t *testing.T, d *db.DB, b *board) *house {
	t.Helper()
	h := &house{d: d, clock: clock.NewVirtual(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)), jobs: &queue{}, board: b, ctx: account.With(t.Context(), account.System())}
	h.log = event.New(d, h.clock, nil)
	h.Service = h.service(t)
	return h
}

// service is one more process of the same house.
func (h *house) service(t *testing.T) *collect.Service {
	t.Helper()
	box, err := secret.New([]byte("a root secret of more than thirty-two bytes"))
	if err != nil {
		t.Fatal(err)
	}
	door := intake.New(intake.Config{DB: h.d, Log: h.log, Clock: h.clock, Region: "IN"})
	s, err := collect.New(collect.Deps{DB: h.d, Clock: h.clock, Events: h.log, Door: door, Jobs: h.jobs, Seal: box, Connectors: []collect.Connector{h.board}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func draft() collect.Draft {
	return collect.Draft{Kind: "board", Name: "Stock talk", Config: json.RawMessage(`{"topic":"stock"}`), Schedule: "0 * * * *", Enabled: true}
}

func (h *house) create(t *testing.T, d collect.Draft) *collect.Source {
	t.Helper()
	src, err := h.Create(h.ctx, d)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// run asks for a run and does it.
func (h *house) run(t *testing.T, sourceID string) *collect.Run {
	t.Helper()
	r, err := h.RunNow(h.ctx, sourceID)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Do(h.ctx, r.ID); err != nil {
		t.Fatal(err)
	}
	return h.read(t, r.ID)
}

func (h *house) read(t *testing.T, runID string) *collect.Run {
	t.Helper()
	r, err := h.Run(h.ctx, runID)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (h *house) source(t *testing.T, sourceID string) *collect.Source {
	t.Helper()
	s, err := h.Get(h.ctx, sourceID)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// names are the names of all leads, sorted.
func (h *house) names(t *testing.T) []string {
	t.Helper()
	var out []string
	if err := h.d.Read.WithContext(h.ctx).Model(&lead.Lead{}).Pluck("name", &out).Error; err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

func (h *house) events(t *testing.T, typ string) []event.Event {
	t.Helper()
	all, err := h.log.Since(h.ctx, 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(e event.Event) bool { return e.Type != typ })
}

func databases(t *testing.T, f func(t *testing.T, d *db.DB)) {
	t.Helper()
	testkit.Databases(t, f)
}
