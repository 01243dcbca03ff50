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

type meAPI struct {
	accounts *account.Service
	version  string
}

// NewMe offers who one is, what one may do and how one likes the app; version is the server's build.
func NewMe(s *account.Service, version string) Resource { return meAPI{s, version} }

// Register puts the routes in place.
func (a meAPI) Register(r *Registry) {
	r.GET("/me", "me.get", a.get)
	r.PUT("/me/preferences", "me.preferences", a.prefer)
}

// MeResponse is who calls and what they may do.
type MeResponse struct {
	User        UserResponse `json:"user"`
	Permissions []string     `json:"permissions"`                    // operations
	Scopes      []string     `json:"scopes" extensions:"x-nullable"` // of the API key; null for a session
	Preferences Preferences  `json:"preferences"`
	Version     string       `json:"version"` // the server's build
}

// Preferences are how somebody likes the app to look.
type Preferences struct {
	Theme    string `json:"theme" enums:"system,light,dark"`
	Density  string `json:"density" enums:"comfortable,compact"`
	Locale   string `json:"locale" example:"en"`            // BCP 47; "" = the browser's
	Timezone string `json:"timezone" example:"Europe/Rome"` // IANA; "" = the browser's
}

// PreferencesRequest changes preferences; what is left out stays, "" brings the default back.
type PreferencesRequest struct {
	Theme    *string `json:"theme,omitempty" enums:"system,light,dark"`
	Density  *string `json:"density,omitempty" enums:"comfortable,compact"`
	Locale   *string `json:"locale,omitempty" maxLength:"64"`
	Timezone *string `json:"timezone,omitempty" maxLength:"64"`
}

// prefer changes how one likes the app.
//
//	@Summary	Change how the app looks for oneself
//	@Tags		me
//	@ID			me.preferences
//	@Param		body	body		PreferencesRequest	true	"What changes"
//	@Success	200		{object}	Preferences
//	@Failure	400		{object}	Problem
//	@Failure	401		{object}	Problem
//	@Security	Session
//	@Router		/me/preferences [put]
func (a meAPI) prefer(c echo.Context) error {
	var req PreferencesRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	p, err := a.accounts.SetPreferences(c.Request().Context(), account.PreferencesChange(req))
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, Preferences(p.Seen()))
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
	return write(c, http.StatusOK, MeResponse{
		User: userOf(u), Permissions: account.Allowed(v), Scopes: v.Scopes, Preferences: Preferences(u.Preferences.V.Seen()), Version: a.version,
	})
}
