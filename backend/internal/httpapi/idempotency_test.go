package httpapi_test

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/httpapi"
)

// keeperWorld is a probe behind the true store of idempotency keys.
func keeperWorld(t *testing.T, p *probe) *api {
	t.Helper()
	w := newWorld(t)
	ann := w.setUp()
	var me httpapi.MeResponse
	ann.do("GET", "/me", nil).want(200).into(&me)
	return serveWith(t, httpapi.Config{BaseURL: "http://localhost:8080"}, httpapi.Deps{Idempotency: w.accounts, Clock: w.clock}, p).as(admin(me.User.ID))
}

func TestARepeatedPostIsAnsweredFromMemory(t *testing.T) {
	t.Parallel()
	p := &probe{}
	a := keeperWorld(t, p).with("Idempotency-Key", "7b0c1a4e")
	first := a.do("POST", "/probe", `{"a":1}`).want(201)
	again := a.do("POST", "/probe", `{"a":1}`).want(201)
	if p.made.Load() != 1 || string(first.body) != string(again.body) || again.header.Get("Idempotent-Replayed") != "true" || again.header.Get("Content-Type") != "application/json" {
		t.Errorf("made %d; %s; %s %v", p.made.Load(), first.body, again.body, again.header)
	}
	if code := a.do("POST", "/probe", `{"a":2}`).want(409).code(); code != "idempotency_key_reused" {
		t.Errorf("code = %s", code)
	}
	a.with("Idempotency-Key", "other").do("POST", "/probe", `{"a":1}`).want(201)
	a.with("Idempotency-Key", "").do("POST", "/probe", `{"a":1}`).want(201)
	for _, bad := range []string{strings.Repeat("x", 129), "a b", "a;b", "ä"} {
		a.with("Idempotency-Key", bad).do("POST", "/probe", `{"a":1}`).want(400)
	}
	if p.made.Load() != 3 {
		t.Errorf("made %d", p.made.Load())
	}
}

func TestAFailedPostMayBeTriedAgainUnderItsKey(t *testing.T) {
	t.Parallel()
	p := &probe{fail: fault.New(fault.Unavailable, "down", "down")}
	a := keeperWorld(t, p).with("Idempotency-Key", "k")
	a.do("POST", "/probe", "{}").want(503)
	p.fail = nil
	a.do("POST", "/probe", "{}").want(201)
	p.fail = fault.New(fault.Invalid, "input_invalid", "wrong")
	a.with("Idempotency-Key", "k2").do("POST", "/probe", "{}").want(400)
	p.fail = nil
	if ans := a.with("Idempotency-Key", "k2").do("POST", "/probe", "{}").want(400); ans.code() != "input_invalid" || ans.header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%s %v", ans.body, ans.header)
	}
}

func TestAnAnswerWithASecretIsNotKept(t *testing.T) {
	t.Parallel()
	p := &probe{}
	a := keeperWorld(t, p).with("Idempotency-Key", "k")
	a.do("POST", "/probe/secret", "{}").want(201)
	if code := a.do("POST", "/probe/secret", "{}").want(409).code(); code != "idempotency_not_kept" || p.made.Load() != 1 {
		t.Errorf("code = %s, made %d", code, p.made.Load())
	}
}

func TestOfTwentyEqualPostsAtOnceOneIsCarriedOut(t *testing.T) {
	t.Parallel()
	p := &probe{release: make(chan struct{})}
	a := keeperWorld(t, p).with("Idempotency-Key", "k")
	var made, told atomic.Int32
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			switch ans := a.do("POST", "/probe", "{}"); ans.status {
			case 201:
				made.Add(1)
			case 409:
				told.Add(1)
			default:
				t.Errorf("%d %s", ans.status, ans.body)
			}
		})
	}
	eventually(t, "the losers", func() bool { return told.Load() == 19 })
	close(p.release)
	group.Wait()
	if made.Load() != 1 || p.made.Load() != 1 {
		t.Errorf("%d answers, %d made", made.Load(), p.made.Load())
	}
}

func TestAKeyThatAPanicLeftIsFreeAgain(t *testing.T) {
	t.Parallel()
	p := &probe{}
	a := keeperWorld(t, p).with("Idempotency-Key", "k")
	ch := make(chan struct{})
	close(ch)
	p.release, p.fail = ch, &fault.Error{Kind: fault.Internal, Code: "x", Msg: "x"}
	a.do("POST", "/probe", "{}").want(500)
	p.fail = nil
	a.do("POST", "/probe", "{}").want(201)
}
