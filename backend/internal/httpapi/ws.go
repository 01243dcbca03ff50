package httpapi

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gorilla/websocket"
	"github.com/labstack/echo/v4"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/live"
)

// Rechecker tells whether a viewer may still act, with the rights of now. *account.Service is one.
type Rechecker interface {
	Recheck(ctx context.Context, v account.Viewer) (account.Viewer, error)
}

type socketAPI struct {
	hub      *live.Hub
	accounts Rechecker
	origins  []string
	log      *slog.Logger
	upgrader websocket.Upgrader
}

// NewSocket offers the event feed over WebSocket.
func NewSocket(hub *live.Hub, accounts Rechecker, cfg Config, log *slog.Logger) Resource {
	return &socketAPI{
		hub: hub, accounts: accounts, origins: cfg.AllowedOrigins, log: log,
		upgrader: websocket.Upgrader{ReadBufferSize: 1024, WriteBufferSize: 4096, CheckOrigin: func(*http.Request) bool { return true }},
	}
}

// Register puts the route in place.
func (a *socketAPI) Register(r *Registry) { r.GET("/ws", "ws.connect", a.connect, socket()) }

// connect upgrades and feeds the connection until its session ends.
//
//	@Summary		Follow what happens (WebSocket)
//	@Description	First message {"type":"hello","seq":N}, then {seq, type, at, subject:{kind,id}, data}. {"type":"resync","seq":N} means: load everything anew.
//	@Tags			live
//	@ID				ws.connect
//	@Param			since	query	int	false	"Last seq seen"
//	@Success		101
//	@Failure		401	{object}	Problem
//	@Failure		403	{object}	Problem	"Foreign origin"
//	@Security		Session
//	@Security		ApiKey
//	@Router			/ws [get]
func (a *socketAPI) connect(c echo.Context) error {
	r := c.Request()
	v, _ := account.From(r.Context())
	if err := a.checkOrigin(r, v); err != nil {
		return err
	}
	since, err := sinceOf(c)
	if err != nil {
		return err
	}
	if !websocket.IsWebSocketUpgrade(r) {
		return &statusError{http.StatusUpgradeRequired, "websocket_only", "This address speaks WebSocket only."}
	}
	conn, err := a.upgrader.Upgrade(c.Response(), r, nil)
	if err != nil {
		return nil //nolint:nilerr // the upgrader has answered already
	}
	c.Response().Status = http.StatusSwitchingProtocols
	err = a.hub.Serve(r.Context(), conn, live.Sub{
		Key: v.UserID, Since: since, Sees: live.Rows(account.Rows(r.Context())),
		Check: func(ctx context.Context) error { return a.still(ctx, v) },
	})
	if err != nil && !errors.Is(err, context.Canceled) {
		a.log.LogAttrs(r.Context(), slog.LevelInfo, "live connection ended", slog.String("request_id", requestID(c)), slog.String("error", err.Error()))
	}
	return nil
}

// still is a fault when the session has ended or its rights have changed: a new connection gets the new ones.
func (a *socketAPI) still(ctx context.Context, v account.Viewer) error {
	now, err := a.accounts.Recheck(ctx, v)
	if err != nil {
		return err
	}
	if now.Role != v.Role || !slices.Equal(now.Scopes, v.Scopes) {
		return fault.New(fault.Unauthenticated, "rights_changed", "Your rights have changed. Connect again.")
	}
	return nil
}

// checkOrigin refuses sockets that a page of another site opens with its visitor's cookie (A8). Only programs with an
// API key may come without an origin.
func (a *socketAPI) checkOrigin(r *http.Request, v account.Viewer) error {
	origin := r.Header.Values("Origin")
	switch {
	case len(origin) == 0 && v.Kind == account.KindAPIKey:
		return nil
	case len(origin) == 1 && slices.Contains(a.origins, origin[0]):
		return nil
	case len(origin) == 1:
		u, err := url.Parse(origin[0])
		if err == nil && (u.Scheme == "http" || u.Scheme == "https") && strings.EqualFold(u.Host, r.Host) {
			return nil
		}
	}
	return fault.New(fault.Forbidden, "cross_origin", "This connection comes from another site and was refused.")
}

func sinceOf(c echo.Context) (int64, error) {
	v, err := query(c, "since")
	if err != nil || v.Get("since") == "" {
		return 0, err
	}
	n, err := strconv.ParseInt(v.Get("since"), 10, 64)
	if err != nil || n < 0 {
		return 0, badParam("since", "out_of_range", "Must be a whole number, at least 0.")
	}
	return n, nil
}
