package intake_test

import (
	"bytes"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"winnow/backend/internal/intake"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// wire stands between a client and PostgreSQL. When it is told to, it lets a COMMIT through and loses the answer: the client
// cannot know whether what it did stands.
type wire struct {
	ln   net.Listener
	to   string
	lose atomic.Int64 // which COMMIT from now on loses its answer
	lost atomic.Int64
	all  sync.WaitGroup
}

func newWire(t *testing.T, to string) *wire {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{ln: ln, to: to}
	w.all.Go(func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			w.all.Go(func() { w.carry(c) })
		}
	})
	return w
}

func (w *wire) carry(client net.Conn) {
	server, err := net.Dial("tcp", w.to)
	if err != nil {
		_ = client.Close()
		return
	}
	var deaf atomic.Bool // of this connection: nothing comes back any more
	var both sync.WaitGroup
	both.Go(func() {
		defer server.Close()
		buf := make([]byte, 64<<10)
		for {
			n, err := client.Read(buf)
			if n > 0 && bytes.Contains(bytes.ToLower(buf[:n]), []byte("commit\x00")) && w.lose.Add(-1) == 0 {
				deaf.Store(true)
			}
			if n > 0 {
				if _, err := server.Write(buf[:n]); err != nil {
					return
				}
			}
			if err != nil {
				return
			}
		}
	})
	both.Go(func() {
		defer client.Close()
		buf := make([]byte, 64<<10)
		for {
			n, err := server.Read(buf)
			if deaf.Load() { // the answer to the COMMIT is here: it stands
				w.lost.Add(1)
				return
			}
			if n > 0 {
				if _, err := client.Write(buf[:n]); err != nil {
					return
				}
			}
			if err != nil {
				return
			}
		}
	})
	both.Wait()
}

func TestF21_ACommitWhoseAnswerIsLostBringsNoRowTwice(t *testing.T) {
	t.Parallel()
	u, err := url.Parse(testkit.PostgresURL(t))
	if err != nil {
		t.Fatal(err)
	}
	w := newWire(t, u.Host)
	q := u.Query()
	q.Set("sslmode", "disable")
	u.Host, u.RawQuery = w.ln.Addr().String(), q.Encode()
	d, err := db.Open(t.Context(), db.Options{URL: u.String()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = d.Close()
		_ = w.ln.Close()
		w.all.Wait()
	})
	if err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	h := newHouseWith(t, d, intake.Config{})
	const rows = 9000
	p, err := h.Upload(h.ctx, "people.csv", bytes.NewReader(rowsCSV(rows)), intake.Options{})
	if err == nil {
		_, err = h.Start(h.ctx, p.Import.ID, intake.Options{})
	}
	if err != nil {
		t.Fatal(err)
	}
	var imp *intake.Import
	for n := int64(1); n <= 12; n++ { // the first commits of a run take it, begin it, bring a chunk each …
		w.lose.Store((n-1)%3 + 1)
		if imp, err = h.Run(h.ctx, p.Import.ID, nil); err == nil && imp.Status == intake.Finished {
			break
		}
		h.clock.Advance(10 * time.Second)
	}
	w.lose.Store(0)
	for range 5 {
		if imp, err = h.Run(h.ctx, p.Import.ID, nil); err == nil {
			break
		}
		h.clock.Advance(10 * time.Second)
	}
	if err != nil || imp.Status != intake.Finished || imp.Created != rows || imp.Done() != rows {
		t.Fatalf("%v %+v", err, imp)
	}
	if w.lost.Load() < 3 {
		t.Errorf("only %d answers were lost", w.lost.Load())
	}
	for table, want := range map[string]int64{"leads": rows, "import_rows": rows, "lead_sightings": rows, "lead_identities": 3 * rows} {
		if n := h.count(t, table); n != want {
			t.Errorf("%s holds %d, want %d", table, n, want)
		}
	}
}
