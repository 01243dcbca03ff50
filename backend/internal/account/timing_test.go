package account_test

import (
	"math"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/testkit"
)

// TestA21_TimeTellsNothing prints how long a login takes for an account that is there and for one that is not, with the
// true cost of hashing. It runs in make soak; a busy machine may not decide whether make test is green.
//
//nolint:paralleltest // it measures time
func TestA21_TimeTellsNothing(t *testing.T) {
	if os.Getenv("WINNOW_SOAK") != "1" {
		t.Skip("runs in make soak")
	}
	samples := 500
	if n, err := strconv.Atoi(os.Getenv("WINNOW_SOAK_SAMPLES")); err == nil {
		samples = n
	}
	h := newHouse(t, testkit.SQLite(t), func(o *account.Options) { o.BcryptCost = 0 })
	took := func(email, ip string) float64 {
		h.clock.Advance(16 * time.Minute) // past the throttle
		start := clock.System{}.Now()
		if _, err := h.Login(t.Context(), email, better, false, account.Client{IP: ip}); err == nil {
			t.Fatal("signed in with a wrong password")
		}
		return float64(clock.System{}.Now().Sub(start).Microseconds())
	}
	var there, not []float64
	for i := range samples { // in turns, so that the machine's moods fall on both
		ip := "192.0.2." + strconv.Itoa(i%250)
		there = append(there, took("ann@example.com", ip))
		not = append(not, took("nobody@example.com", ip))
	}
	a, b := median(there), median(not)
	t.Logf("A21 login: %d samples each; median there %.1f ms, not there %.1f ms, difference %.2f %%; Mann-Whitney p = %.3f",
		samples, a/1000, b/1000, 100*math.Abs(a-b)/a, mannWhitney(there, not))
}

func median(xs []float64) float64 {
	s := slices.Sorted(slices.Values(xs))
	return s[len(s)/2]
}

// mannWhitney is the two-sided p of the hypothesis that both come of one distribution (normal approximation).
func mannWhitney(xs, ys []float64) float64 {
	var u float64
	for _, x := range xs {
		for _, y := range ys {
			switch {
			case x > y:
				u++
			case x == y:
				u += 0.5
			}
		}
	}
	n, m := float64(len(xs)), float64(len(ys))
	z := (u - n*m/2) / math.Sqrt(n*m*(n+m+1)/12)
	return math.Erfc(math.Abs(z) / math.Sqrt2)
}
