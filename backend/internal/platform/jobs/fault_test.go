package jobs_test

import (
	"context"
	"fmt"
	"testing"

	"gorm.io/gorm"

	"winnow/backend/internal/platform/jobs"
	"winnow/backend/internal/testkit"
)

// TestF8_NoAcknowledgedJobIsLostWhenConnectionsAreCut cuts every connection, the one that listens too, ten times.
func TestF8_NoAcknowledgedJobIsLostWhenConnectionsAreCut(t *testing.T) {
	t.Parallel()
	d := testkit.Postgres(t)
	g := newGreeter(func(context.Context, string, int) error { return nil })
	j := start(t, d, g, jobs.Options{})
	var acked []string
	refused := 0
	for round := range 10 {
		for i := range 20 {
			if i == 10 {
				testkit.CutConnections(t, d)
			}
			name := fmt.Sprint(round, "-", i)
			err := d.Tx(t.Context(), func(tx *gorm.DB) error { return j.InsertTx(tx, greet{name}, nil) })
			if err == nil {
				acked = append(acked, name)
			} else {
				refused++
			}
		}
	}
	done := 0
	testkit.Eventually(t, "every acknowledged job to run", func() bool {
		done = 0
		for _, name := range acked {
			if g.count(name) > 0 {
				done++
			}
		}
		return done == len(acked)
	})
	t.Logf("acknowledged %d, run %d, refused with an error %d", len(acked), done, refused)
}
