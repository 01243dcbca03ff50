package resolution

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"winnow/backend/internal/lead"
)

// numbered gives n chunks of one lead.
func numbered(n int64) source {
	return func(ctx context.Context, yield func([]lead.Lead) bool) error {
		for i := range n {
			if !yield([]lead.Lead{{Seq: i}}) {
				return ctx.Err()
			}
		}
		return nil
	}
}

// However long each takes, results are kept in the order of the leads, and few are on the way at a time.
func TestResultsAreKeptInOrder(t *testing.T) {
	t.Parallel()
	for width := 1; width <= 5; width++ {
		var under, most atomic.Int64
		var kept []int64
		err := inOrder(t.Context(), width, numbered(200), func(_ context.Context, leads []lead.Lead) (int64, error) {
			most.Store(max(most.Load(), under.Add(1)))
			time.Sleep(time.Duration(rand.IntN(300)) * time.Microsecond)
			return leads[0].Seq, nil
		}, func(_ context.Context, _ []lead.Lead, n int64) error {
			under.Add(-1)
			kept = append(kept, n)
			return nil
		})
		if err != nil || len(kept) != 200 || !slices.IsSorted(kept) {
			t.Errorf("width %d: %v %v", width, kept, err)
		}
		if n := int(most.Load()); n > 4*width+2 {
			t.Errorf("width %d: %d on the way at once", width, n)
		}
	}
}

// A fault anywhere ends all of it, and nothing after it is kept.
func TestAFaultEndsTheWork(t *testing.T) {
	t.Parallel()
	bad := errors.New("the disk is away")
	for _, where := range []string{"work", "keep"} {
		var kept []int64
		err := inOrder(t.Context(), 3, numbered(1000), func(_ context.Context, leads []lead.Lead) (int64, error) {
			if where == "work" && leads[0].Seq == 50 {
				return 0, bad
			}
			return leads[0].Seq, nil
		}, func(_ context.Context, _ []lead.Lead, n int64) error {
			if where == "keep" && n == 50 {
				return bad
			}
			kept = append(kept, n)
			return nil
		})
		if !errors.Is(err, bad) || len(kept) > 50 || !slices.IsSorted(kept) {
			t.Errorf("%s: %v, kept %d", where, err, len(kept))
		}
	}
}

// What goes into the buckets comes out sorted, all of it, each key in the bucket of its range.
func TestBucketsSort(t *testing.T) {
	t.Parallel()
	b, err := newBuckets()
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := b.close(); err != nil {
			t.Error(err)
		}
	}()
	var in, out []keyRow
	for i := range int64(20_000) {
		k := keyRow{int64(rand.Uint64()), i % 300}
		in = append(in, k)
		if err := b.add(k); err != nil {
			t.Fatal(err)
		}
	}
	low := int64(-1 << 63)
	for i := range bucketCount {
		rows, err := b.sorted(i)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if r.Hash < low || r.Hash > highest(i) {
				t.Fatalf("%d in bucket %d", r.Hash, i)
			}
		}
		low = highest(i)
		out = append(out, rows...)
	}
	if low != 1<<63-1 {
		t.Errorf("the last bucket ends at %d", low)
	}
	slices.SortFunc(in, keyRow.before)
	if !slices.Equal(in, out) {
		t.Error("not what went in")
	}
}
