package httpapi

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/account"
)

// signer puts sign-ins into cookies and takes them out again.
type signer struct{ secure bool }

func (s signer) enter(c echo.Context, status int, in account.SignIn) error {
	setCookie(c, s.secure, accessCookie, in.Access, in.Keep)
	setCookie(c, s.secure, refreshCookie, in.Refresh, in.Keep)
	return write(c, status, UserEnvelope{User: userOf(in.User)})
}

func (s signer) leave(c echo.Context) {
	setCookie(c, s.secure, accessCookie, "", -1)
	setCookie(c, s.secure, refreshCookie, "", -1)
}

func client(c echo.Context) account.Client {
	return account.Client{IP: c.RealIP(), UserAgent: c.Request().UserAgent()}
}

type setupAPI struct {
	accounts *account.Service
	signer
}

// NewSetup offers the first run.
func NewSetup(s *account.Service, cfg Config) Resource { return setupAPI{s, signer{cfg.Secure()}} }

// Register puts the routes in place.
func (a setupAPI) Register(r *Registry) {
	r.GET("/setup", "setup.get", a.get)
	r.POST("/setup", "setup.create", a.create, Secret())
}

// SetupState says whether the first admin is still to be made.
type SetupState struct {
	Needed bool `json:"needed"`
}

// SetupRequest makes the first admin.
type SetupRequest struct {
	Name     string `json:"name" example:"Ann Smith"`
	Email    string `json:"email" example:"ann@example.com"`
	Password string `json:"password" minLength:"12" maxLength:"128"`
}

// get tells whether the product is still to be set up.
//
//	@Summary	Whether the first admin is still to be made
//	@Tags		setup
//	@ID			setup.get
//	@Success	200	{object}	SetupState
//	@Router		/setup [get]
func (a setupAPI) get(c echo.Context) error {
	needed, err := a.accounts.NeedsSetup(c.Request().Context())
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, SetupState{needed})
}

// create makes the first admin; closed for good afterwards.
//
//	@Summary	Make the first admin and sign in
//	@Tags		setup
//	@ID			setup.create
//	@Param		body	body		SetupRequest	true	"The admin"
//	@Success	201		{object}	UserEnvelope
//	@Failure	400		{object}	Problem
//	@Failure	409		{object}	Problem	"Set up already"
//	@Router		/setup [post]
func (a setupAPI) create(c echo.Context) error {
	var req SetupRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	in, err := a.accounts.Setup(c.Request().Context(), account.NewUser(req), client(c))
	if err != nil {
		return err
	}
	return a.enter(c, http.StatusCreated, in)
}
