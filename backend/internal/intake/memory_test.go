package intake_test

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"winnow/backend/internal/intake"
	"winnow/backend/internal/testkit"
)

// A file is read as a stream: one of many rows takes no more memory than one of few. With WINNOW_SOAK=1 the large one has a
// million rows and the whole process stays below 300 MB.
func TestSoak_AnImportsMemoryDoesNotGrowWithItsFile(t *testing.T) { //nolint:paralleltest // others' memory would count
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	rows := 20_000
	if os.Getenv("WINNOW_SOAK") == "1" {
		rows = 1_000_000
	}
	few, many := peakOfImport(t, 4000), peakOfImport(t, rows)
	t.Logf("%d MB for 4,000 rows, %d MB for %d", few>>20, many>>20, rows)
	if many > few+10<<20 { // the larger file alone is 20 MB, as leads several times that
		t.Errorf("%d MB more for the larger file", (many-few)>>20)
	}
	if many > 200<<20 {
		t.Errorf("%d MB of heap", many>>20)
	}
}

// peakOfImport is the most bytes of heap that were in use while so many rows came in.
func peakOfImport(t *testing.T, rows int) uint64 {
	t.Helper()
	h := newHouse(t, testkit.SQLite(t))
	p, err := h.Upload(h.ctx, "people.csv", streamed(rows), intake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Start(h.ctx, p.Import.ID, intake.Options{}); err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	stop, most := make(chan struct{}), make(chan uint64)
	go func() {
		var peak uint64
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapAlloc)
			select {
			case <-stop:
				most <- peak
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	imp, err := h.Run(h.ctx, p.Import.ID, nil)
	close(stop)
	peak := <-most
	if err != nil || imp.Created != rows {
		t.Fatalf("%+v %v", imp, err)
	}
	return peak
}

// streamed is a file of so many people, each with a kilobyte to say, that is nowhere as a whole.
func streamed(rows int) io.Reader {
	r, w := io.Pipe()
	go func() {
		b := bufio.NewWriter(w)
		says := strings.Repeat("We count stock by hand. ", 40)
		_, _ = fmt.Fprintln(b, "Name,Email,Company,Content")
		for i := range rows {
			if _, err := fmt.Fprintf(b, "Person %d,person%d@firm%d.example,Firm %d,%s\n", i, i, i%5000, i%5000, says); err != nil {
				break // nobody reads on
			}
		}
		_ = b.Flush()
		_ = w.Close()
	}()
	return r
}
