package live

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/gorilla/websocket"
	"golang.org/x/time/rate"

	"winnow/backend/internal/clock"
)

const (
	maxFrame      = 64 << 10 // bytes of one incoming message
	maxPerSecond  = 20       // incoming messages
	writeTimeout  = 5 * time.Second
	pingInterval  = 25 * time.Second
	pongTimeout   = 60 * time.Second
	defaultChecks = 3 * time.Second
)

// Sub is what one connection wants and may see.
type Sub struct {
	Key   string // whose connection it is (a user's id): bounds how many one may open
	Since int64  // last Seq the client saw; ≤ 0 = from now on
	// Sees tells whether the client may see a message; Rows makes one. It must be set.
	Sees func(Message) bool
	// Check tells whether the session still holds with the same rights; asked every CheckEvery, its error closes the
	// connection. nil = never asked.
	Check      func(ctx context.Context) error
	CheckEvery time.Duration // 0 = 3 s; a revoked session must be gone within 5 s
}

// Rows is the row rule for Sub.Sees; give it account.Rows of the viewer.
func Rows(all bool, userID string) func(Message) bool {
	return func(m Message) bool { return all || m.OwnerID == nil || (userID != "" && *m.OwnerID == userID) }
}

type control struct {
	Type string `json:"type"` // "hello": the feed begins after Seq; "resync": you are too far behind, load everything anew
	Seq  int64  `json:"seq"`
}

// Serve feeds an upgraded connection until it, its session or the hub ends, and closes it. The first message is
// {"type":"hello","seq":N}: what follows begins after N. {"type":"resync","seq":N} stands for everything up to N that is
// not sent. The error says why it ended and is nil when the client simply left; the Origin check is the caller's.
func (h *Hub) Serve(ctx context.Context, conn *websocket.Conn, sub Sub) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer func() { _ = conn.Close() }()
	s := &socket{hub: h, conn: conn, sub: sub}
	if err := h.enter(sub.Key); err != nil {
		s.bye(websocket.CloseTryAgainLater, "too many connections")
		return err
	}
	defer h.leave(sub.Key)
	read := make(chan struct{})
	go func() {
		defer close(read)
		cancel(s.read())
	}()
	err := s.feed(ctx)
	s.bye(closeCode(err))
	_ = conn.Close() // ends the reader
	<-read
	return plain(err)
}

// closing is an end with a code for the client.
type closing struct {
	code int
	text string
	err  error
}

func (c *closing) Error() string { return fmt.Sprintf("%s: %v", c.text, c.err) }
func (c *closing) Unwrap() error { return c.err }

var (
	errGone   = errors.New("the client left")
	errFlood  = errors.New("more than 20 messages a second")
	errEnding = errors.New("the server stops")
	errFeed   = errors.New("the event feed cannot be read")
)

func closeCode(err error) (int, string) {
	if c, ok := errors.AsType[*closing](err); ok {
		return c.code, c.text
	}
	return websocket.CloseInternalServerErr, "internal error"
}

func plain(err error) error {
	if errors.Is(err, errGone) || errors.Is(err, errEnding) {
		return nil
	}
	return err
}

// now is the machine's time, whatever clock the product runs on: sockets know no other.
func now() time.Time { return clock.System{}.Now() }

// socket is one connection; feed alone writes data messages.
type socket struct {
	hub  *Hub
	conn *websocket.Conn
	sub  Sub
}

// read takes what the client sends, which is nothing but pongs and, from some clients, keep-alive texts; it exists to
// notice the end and to hold the bounds.
func (s *socket) read() error {
	s.conn.SetReadLimit(maxFrame)
	limit := rate.NewLimiter(maxPerSecond, maxPerSecond)
	alive := func(string) error { return s.conn.SetReadDeadline(now().Add(pongTimeout)) }
	s.conn.SetPongHandler(alive)
	if err := alive(""); err != nil {
		return &closing{websocket.CloseAbnormalClosure, "gone", errGone}
	}
	for {
		if _, _, err := s.conn.ReadMessage(); err != nil {
			if errors.Is(err, websocket.ErrReadLimit) {
				return &closing{websocket.CloseMessageTooBig, "a message over 64 KiB", err}
			}
			return &closing{websocket.CloseNormalClosure, "", errGone}
		}
		if !limit.AllowN(s.hub.o.Clock.Now(), 1) {
			return &closing{websocket.ClosePolicyViolation, "more than 20 messages a second", errFlood}
		}
	}
}

// feed sends hello and then the feed, pings, and asks whether the session still holds.
func (s *socket) feed(ctx context.Context) error {
	cursor, err := s.hello(ctx)
	if err != nil {
		return err
	}
	ping := time.NewTicker(pingInterval)
	defer ping.Stop()
	check := time.NewTicker(orDefault(s.sub.CheckEvery, defaultChecks))
	defer check.Stop()
	for {
		var changed <-chan struct{}
		var again <-chan time.Time
		if cursor, changed, err = s.push(ctx, cursor); err != nil {
			if !errors.Is(err, errFeed) {
				return err
			}
			again = time.After(s.hub.o.Poll) // the client need not know that the database is away
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-s.hub.done:
			return &closing{websocket.CloseGoingAway, "the server stops", errEnding}
		case <-changed:
		case <-again:
		case <-ping.C:
			err = s.conn.WriteControl(websocket.PingMessage, nil, now().Add(writeTimeout))
		case <-check.C:
			err = s.check(ctx)
		}
		if err != nil {
			return s.ended(err)
		}
	}
}

// hello finds where this connection begins and says so.
func (s *socket) hello(ctx context.Context) (int64, error) {
	last, err := s.hub.o.Source.Last(ctx)
	if err != nil {
		return 0, &closing{websocket.CloseTryAgainLater, "the event feed cannot be read", err}
	}
	since := s.sub.Since
	if since <= 0 || since > last {
		since = last
	}
	if err := s.write(control{"hello", since}); err != nil {
		return 0, err
	}
	if last-since > farBehind {
		since = last
		return since, s.write(control{"resync", last})
	}
	return since, nil
}

// push sends everything after cursor. A page may hold nothing for this client; the cursor moves on all the same. Between
// two pages it looks whether the session was revoked, since a long replay must not outlive it.
func (s *socket) push(ctx context.Context, cursor int64) (int64, <-chan struct{}, error) {
	for {
		page, changed, err := s.hub.after(ctx, cursor)
		if err != nil {
			return cursor, changed, fmt.Errorf("%w: %w", errFeed, err)
		}
		for _, m := range page {
			if s.sub.Sees(m) {
				if err := s.write(json.RawMessage(m.JSON)); err != nil {
					return cursor, nil, err
				}
			}
			cursor = m.Seq
		}
		if len(page) < pageSize || ctx.Err() != nil {
			return cursor, changed, nil //nolint:nilerr // the caller sees that ctx ended
		}
		if err := s.check(ctx); err != nil {
			return cursor, nil, s.ended(err)
		}
	}
}

func (s *socket) check(ctx context.Context) error {
	if s.sub.Check == nil {
		return nil
	}
	if err := s.sub.Check(ctx); err != nil {
		return &closing{websocket.ClosePolicyViolation, "the session has ended", err}
	}
	return nil
}

func (s *socket) ended(err error) error {
	if _, ok := errors.AsType[*closing](err); ok {
		return err
	}
	return &closing{websocket.CloseNormalClosure, "", errGone}
}

// write sends one message. A client that does not take it within writeTimeout is dropped: it comes back with its last
// Seq and misses nothing.
func (s *socket) write(v any) error {
	if err := s.conn.SetWriteDeadline(now().Add(writeTimeout)); err != nil {
		return &closing{websocket.CloseAbnormalClosure, "gone", errGone}
	}
	if err := s.conn.WriteJSON(v); err != nil {
		return &closing{websocket.CloseAbnormalClosure, "gone", errGone}
	}
	return nil
}

func (s *socket) bye(code int, text string) {
	if code == websocket.CloseAbnormalClosure {
		return // this code is never sent
	}
	msg := websocket.FormatCloseMessage(code, text)
	_ = s.conn.WriteControl(websocket.CloseMessage, msg, now().Add(time.Second)) // a courtesy
}

func orDefault(d, otherwise time.Duration) time.Duration {
	if d <= 0 {
		return otherwise
	}
	return d
}
