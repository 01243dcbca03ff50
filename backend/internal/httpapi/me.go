package httpapi

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/account"
)

// UserResponse is a user as others see them.
type UserResponse struct {
	ID          string     `json:"id" format:"uuid"`
	Name        string     `json:"name"`
	Email       string     `json:"email"` // "" but for admins and oneself
	Role        string     `json:"role" enums:"viewer,user,admin"`
	Disabled    bool       `json:"disabled"`
	Pending     bool       `json:"pending"`                                                  // invited, not accepted yet
	LastLoginAt *time.Time `json:"last_login_at" format:"date-time" extensions:"x-nullable"` // null: never
	CreatedAt   time.Time  `json:"created_at" format:"date-time"`
	Version     int        `json:"version"`
}

// UserEnvelope holds one user.
type UserEnvelope struct {
	User UserResponse `json:"user"`
}

func userOf(u account.User) UserResponse {
	return UserResponse{
		ID: u.ID, Name: u.Name, Email: u.Email, Role: string(u.Role), Disabled: u.DisabledAt != nil, Pending: u.Invited(),
		LastLoginAt: utc(u.SignedInAt), CreatedAt: u.CreatedAt.UTC(), Version: u.Version,
	}
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}

type meAPI struct{ accounts *account.Service }

// NewMe offers who one is and what one may do.
func NewMe(s *account.Service) Resource { return meAPI{s} }

// Register puts the routes in place.
func (a meAPI) Register(r *Registry) { r.GET("/me", "me.get", a.get) }

// MeResponse is who calls and what they may do.
type MeResponse struct {
	User        UserResponse `json:"user"`
	Permissions []string     `json:"permissions"`                    // operations
	Scopes      []string     `json:"scopes" extensions:"x-nullable"` // of the API key; null for a session
}

// get tells who calls.
//
//	@Summary	Who calls, and what they may do
//	@Tags		me
//	@ID			me.get
//	@Success	200	{object}	MeResponse
//	@Failure	401	{object}	Problem
//	@Security	Session
//	@Security	ApiKey
//	@Router		/me [get]
func (a meAPI) get(c echo.Context) error {
	ctx := c.Request().Context()
	u, err := a.accounts.Me(ctx)
	if err != nil {
		return err
	}
	v, _ := account.From(ctx)
	return write(c, http.StatusOK, MeResponse{User: userOf(u), Permissions: account.Allowed(v), Scopes: v.Scopes})
}
