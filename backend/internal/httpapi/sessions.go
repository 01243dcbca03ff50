package httpapi

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/account"
)

type sessionsAPI struct{ accounts *account.Service }

// NewSessions offers the browsers in which one is signed in.
func NewSessions(s *account.Service) Resource { return sessionsAPI{s} }

// Register puts the routes in place.
func (a sessionsAPI) Register(r *Registry) {
	r.GET("/sessions", "sessions.list", a.list)
	r.DELETE("/sessions/:id", "sessions.revoke", a.revoke)
}

// SessionResponse is one signed-in browser.
type SessionResponse struct {
	ID         string    `json:"id" format:"uuid"`
	UserAgent  string    `json:"user_agent"`
	IP         string    `json:"ip"`
	Current    bool      `json:"current"` // the one that asks
	CreatedAt  time.Time `json:"created_at" format:"date-time"`
	LastSeenAt time.Time `json:"last_seen_at" format:"date-time"` // to 15 minutes
}

// SessionListResponse lists sessions.
type SessionListResponse struct {
	Items []SessionResponse `json:"items"`
}

// list lists one's live sessions.
//
//	@Summary	List one's sessions
//	@Tags		sessions
//	@ID			sessions.list
//	@Success	200	{object}	SessionListResponse
//	@Failure	401	{object}	Problem
//	@Security	Session
//	@Router		/sessions [get]
func (a sessionsAPI) list(c echo.Context) error {
	ctx := c.Request().Context()
	if _, err := query(c); err != nil {
		return err
	}
	rows, err := a.accounts.Sessions(ctx)
	if err != nil {
		return err
	}
	v, _ := account.From(ctx)
	out := SessionListResponse{Items: make([]SessionResponse, 0, len(rows))}
	for _, s := range rows {
		out.Items = append(out.Items, SessionResponse{
			ID: s.ID, UserAgent: s.UserAgent, IP: s.IP, Current: s.ID == v.SessionID, CreatedAt: s.CreatedAt.UTC(), LastSeenAt: s.SeenAt.UTC(),
		})
	}
	return write(c, http.StatusOK, out)
}

// revoke ends one of one's sessions.
//
//	@Summary	End a session
//	@Tags		sessions
//	@ID			sessions.revoke
//	@Param		id	path	string	true	"Session"	format(uuid)
//	@Success	204
//	@Failure	401	{object}	Problem
//	@Failure	404	{object}	Problem
//	@Security	Session
//	@Router		/sessions/{id} [delete]
func (a sessionsAPI) revoke(c echo.Context) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	if err := a.accounts.EndSession(c.Request().Context(), id); err != nil {
		return err
	}
	return noContent(c)
}
