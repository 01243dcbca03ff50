package ai

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/config"
	"winnow/backend/internal/fault"
)

// grants runs calls as fast as the limiter lets them and gives the time of each since the start.
func grants(t *testing.T, l *limiter, cfg Config, n, tokens int) []time.Duration {
	t.Helper()
	start := time.Now()
	var mu sync.Mutex
	var at []time.Duration
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			leave, err := l.enter(t.Context(), cfg, tokens)
			if err != nil {
				t.Error(err)
				return
			}
			defer leave()
			mu.Lock()
			defer mu.Unlock()
			at = append(at, time.Since(start))
		})
	}
	wg.Wait()
	return at
}

// mostInAMinute is the highest number of grants in any 60 seconds.
func mostInAMinute(at []time.Duration) int {
	most := 0
	for _, from := range at {
		n := 0
		for _, x := range at {
			if x >= from && x < from+time.Minute {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func TestNoMinuteHasMoreRequestsThanTheLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(clock.System{}, nil, 500, quiet())
		at := grants(t, l, Config{RPM: 60, PatientFor: time.Hour}, 200, 10)
		if most := mostInAMinute(at); most > 60 || most < 50 {
			t.Errorf("%d in a minute", most)
		}
	})
}

func TestNoMinuteHasMoreTokensThanTheLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(clock.System{}, nil, 500, quiet())
		at := grants(t, l, Config{TPM: 100_000, PatientFor: time.Hour}, 100, 3000)
		if most := mostInAMinute(at) * 3000; most > 100_000 || most < 80_000 {
			t.Errorf("%d tokens in a minute", most)
		}
	})
}

func TestTheProvidersLowerLimitWins(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(clock.System{}, nil, 500, quiet())
		l.learn(reply{header: http.Header{"X-Ratelimit-Limit-Requests": {"30"}}})
		if most := mostInAMinute(grants(t, l, Config{RPM: 600, PatientFor: time.Hour}, 100, 1)); most > 30 {
			t.Errorf("%d in a minute", most)
		}
	})
}

func TestCallsThatWaitedWhenThePauseBeganWaitForItsEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(clock.System{}, nil, 500, quiet())
		cfg := Config{RPM: 60, PatientFor: time.Hour}
		go func() {
			time.Sleep(time.Second)
			l.pause(40 * time.Second)
		}()
		for _, at := range grants(t, l, cfg, 20, 1) {
			if at > time.Second && at < 41*time.Second {
				t.Errorf("a call went out %s after the start, in the pause", at)
			}
		}
	})
}

func TestAnImpatientCallIsToldWhenToComeBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(clock.System{}, nil, 500, quiet())
		l.pause(10 * time.Minute)
		_, err := l.enter(t.Context(), Config{PatientFor: time.Minute}, 1)
		if e, ok := errors.AsType[*fault.Error](err); !ok || e.Kind != fault.RateLimited || e.RetryAfter != 10*time.Minute {
			t.Fatalf("err = %v", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := l.enter(ctx, Config{PatientFor: time.Hour}, 1); !fault.Is(err, fault.Unavailable) {
			t.Fatalf("a stopped call: %v", err)
		}
	})
}

func TestConcurrencyIsHeld(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(clock.System{}, nil, 3, quiet())
		var mu sync.Mutex
		open, most := 0, 0
		var wg sync.WaitGroup
		for range 12 {
			wg.Go(func() {
				leave, err := l.enter(t.Context(), Config{}, 1)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				open++
				most = max(most, open)
				mu.Unlock()
				time.Sleep(time.Second)
				mu.Lock()
				open--
				mu.Unlock()
				leave()
			})
		}
		wg.Wait()
		if most != 3 {
			t.Errorf("%d at once", most)
		}
	})
}

// shared is a limit of many processes: it lets n through, one a second.
type shared struct {
	mu   sync.Mutex
	last time.Time
	err  error
}

func (s *shared) Take(context.Context, string, int, int) (time.Duration, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return 0, s.err
	}
	if wait := time.Until(s.last.Add(time.Second)); wait > 0 {
		return wait, nil
	}
	s.last = time.Now()
	return 0, nil
}

func TestTheSharedLimitIsAskedAndItsFailureDegrades(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &shared{}
		at := grants(t, newLimiter(clock.System{}, s, 500, quiet()), Config{RPM: 100_000, PatientFor: time.Hour}, 10, 1)
		if last := at[len(at)-1]; last < 9*time.Second {
			t.Errorf("ten calls took %s", last)
		}
		s.err = errors.New("redis is away")
		at = grants(t, newLimiter(clock.System{}, s, 500, quiet()), Config{RPM: 100_000, PatientFor: time.Hour}, 10, 1)
		if last := at[len(at)-1]; last > time.Second {
			t.Errorf("without Redis ten calls took %s", last)
		}
	})
}

func TestPauseOf(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		header map[string]string
		want   time.Duration
	}{
		"seconds":        {map[string]string{"Retry-After": "7"}, 7 * time.Second},
		"fraction":       {map[string]string{"Retry-After": "0.5"}, 500 * time.Millisecond},
		"ms":             {map[string]string{"Retry-After-Ms": "1250", "Retry-After": "9"}, 1250 * time.Millisecond},
		"date":           {map[string]string{"Retry-After": "Mon, 02 Mar 2026 09:30:09 GMT"}, 9 * time.Second},
		"past date":      {map[string]string{"Retry-After": "Mon, 02 Mar 2026 09:00:00 GMT"}, 0},
		"reset":          {map[string]string{"X-Ratelimit-Remaining-Tokens": "0", "X-Ratelimit-Reset-Tokens": "6m0s"}, 6 * time.Minute},
		"longer one":     {map[string]string{"X-Ratelimit-Remaining-Tokens": "0", "X-Ratelimit-Reset-Tokens": "20ms", "X-Ratelimit-Remaining-Requests": "0", "X-Ratelimit-Reset-Requests": "8s"}, 8 * time.Second},
		"something left": {map[string]string{"X-Ratelimit-Remaining-Tokens": "5", "X-Ratelimit-Reset-Tokens": "6m0s"}, 20 * time.Second},
		"Anthropic":      {map[string]string{"Anthropic-Ratelimit-Requests-Remaining": "0", "Anthropic-Ratelimit-Requests-Reset": "2026-03-02T09:30:12Z"}, 12 * time.Second},
		"a year":         {map[string]string{"Retry-After": "8760h"}, time.Hour},
		"nonsense":       {map[string]string{"Retry-After": "soon"}, 20 * time.Second},
		"nothing":        {nil, 20 * time.Second},
	} {
		h := http.Header{}
		for k, v := range c.header {
			h.Set(k, v)
		}
		if got := pauseOf(h, now, 20*time.Second); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestCostRoundsUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in, out           int
		priceIn, priceOut int64
		want              int64
	}{{0, 0, 5, 5, 0}, {1, 0, 1, 0, 1}, {1_000_000, 0, 250_000, 0, 250_000}, {1000, 500, 250_000, 2_000_000, 1250}, {3, 1, 250_000, 2_000_000, 3}} {
		cfg := Config{PriceIn: micros(c.priceIn), PriceOut: micros(c.priceOut)}
		if got := cfg.Cost(c.in, c.out); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
	}
}

type micros = config.Micros
