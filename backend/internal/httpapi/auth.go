package httpapi

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
)

type authAPI struct {
	accounts *account.Service
	signer
}

// NewAuth offers signing in and out, and passwords.
func NewAuth(s *account.Service, cfg Config) Resource { return authAPI{s, signer{cfg.Secure()}} }

// Register puts the routes in place.
func (a authAPI) Register(r *Registry) {
	r.POST("/auth/login", "auth.login", a.login, Secret())
	r.POST("/auth/refresh", "auth.refresh", a.refresh, Secret())
	r.POST("/auth/logout", "auth.logout", a.logout, Secret())
	r.POST("/auth/logout-all", "auth.logout_all", a.logoutAll, Secret())
	r.POST("/auth/password", "auth.password", a.password, Secret())
	r.POST("/auth/reset", "auth.reset", a.reset, Secret())
	r.POST("/auth/reset/confirm", "auth.reset_confirm", a.confirmReset, Secret())
	r.POST("/auth/accept", "auth.accept", a.accept, Secret())
}

// LoginRequest signs in.
type LoginRequest struct {
	Email    string `json:"email" example:"ann@example.com"`
	Password string `json:"password"`
	Remember bool   `json:"remember"` // 30 days instead of 12 hours
}

// Validate finds what is missing.
func (r LoginRequest) Validate() []fault.Field {
	return append(required("email", r.Email), required("password", r.Password)...)
}

func required(name, value string) []fault.Field {
	if value != "" {
		return nil
	}
	return []fault.Field{{Name: name, Code: "required", Message: "Must not be empty."}}
}

// login signs in; cookies hold the session.
//
//	@Summary	Sign in
//	@Tags		auth
//	@ID			auth.login
//	@Param		body	body		LoginRequest	true	"Who"
//	@Success	200		{object}	UserEnvelope
//	@Failure	400		{object}	Problem
//	@Failure	401		{object}	Problem	"Address or password wrong"
//	@Failure	429		{object}	Problem	"Too many tries"
//	@Router		/auth/login [post]
func (a authAPI) login(c echo.Context) error {
	var req LoginRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	in, err := a.accounts.Login(c.Request().Context(), req.Email, req.Password, req.Remember, client(c))
	if err != nil {
		return err
	}
	return a.enter(c, http.StatusOK, in)
}

// refresh changes the refresh cookie for a new pair.
//
//	@Summary	Renew the session
//	@Tags		auth
//	@ID			auth.refresh
//	@Success	200	{object}	UserEnvelope
//	@Failure	401	{object}	Problem	"The session has ended"
//	@Failure	409	{object}	Problem	"Another tab has just renewed it"
//	@Router		/auth/refresh [post]
func (a authAPI) refresh(c echo.Context) error {
	token := cookieValue(c.Request(), cookieName(a.secure, refreshCookie))
	in, err := a.accounts.Refresh(c.Request().Context(), token, client(c))
	if err != nil {
		if fault.Is(err, fault.Unauthenticated) {
			a.leave(c)
		}
		return err
	}
	return a.enter(c, http.StatusOK, in)
}

// logout ends this session.
//
//	@Summary	Sign out
//	@Tags		auth
//	@ID			auth.logout
//	@Success	204
//	@Router		/auth/logout [post]
func (a authAPI) logout(c echo.Context) error {
	token := cookieValue(c.Request(), cookieName(a.secure, refreshCookie))
	if err := a.accounts.Logout(c.Request().Context(), token); err != nil {
		return err
	}
	a.leave(c)
	return noContent(c)
}

// logoutAll ends all sessions of the user.
//
//	@Summary	Sign out everywhere
//	@Tags		auth
//	@ID			auth.logout_all
//	@Success	204
//	@Failure	401	{object}	Problem
//	@Security	Session
//	@Router		/auth/logout-all [post]
func (a authAPI) logoutAll(c echo.Context) error {
	if err := a.accounts.LogoutAll(c.Request().Context()); err != nil {
		return err
	}
	a.leave(c)
	return noContent(c)
}

// PasswordRequest changes one's password.
type PasswordRequest struct {
	Current string `json:"current"`
	New     string `json:"new" minLength:"12" maxLength:"128"`
}

// password changes the password and signs every other browser out.
//
//	@Summary	Change one's password
//	@Tags		auth
//	@ID			auth.password
//	@Param		body	body		PasswordRequest	true	"Old and new"
//	@Success	200		{object}	UserEnvelope
//	@Failure	400		{object}	Problem
//	@Failure	401		{object}	Problem
//	@Failure	429		{object}	Problem
//	@Security	Session
//	@Router		/auth/password [post]
func (a authAPI) password(c echo.Context) error {
	var req PasswordRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	in, err := a.accounts.ChangePassword(c.Request().Context(), req.Current, req.New, client(c))
	if err != nil {
		return err
	}
	return a.enter(c, http.StatusOK, in)
}

// ResetRequest asks for a reset link.
type ResetRequest struct {
	Email string `json:"email" example:"ann@example.com"`
}

// Validate finds what is missing.
func (r ResetRequest) Validate() []fault.Field { return required("email", r.Email) }

// reset asks for a reset link by mail; the answer is the same whether or not there is such a user.
//
//	@Summary	Ask for a link to set a new password
//	@Tags		auth
//	@ID			auth.reset
//	@Param		body	body	ResetRequest	true	"Who"
//	@Success	202
//	@Failure	400	{object}	Problem
//	@Failure	429	{object}	Problem
//	@Router		/auth/reset [post]
func (a authAPI) reset(c echo.Context) error {
	var req ResetRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	if err := a.accounts.RequestReset(c.Request().Context(), req.Email, client(c)); err != nil {
		return err
	}
	return c.NoContent(http.StatusAccepted)
}

// ResetConfirmRequest sets a new password by a link.
type ResetConfirmRequest struct {
	Token    string `json:"token"`
	Password string `json:"password" minLength:"12" maxLength:"128"`
}

// confirmReset sets a new password; all sessions and API keys of the user end.
//
//	@Summary	Set a new password by a link
//	@Tags		auth
//	@ID			auth.reset_confirm
//	@Param		body	body	ResetConfirmRequest	true	"Token and password"
//	@Success	204
//	@Failure	400	{object}	Problem
//	@Router		/auth/reset/confirm [post]
func (a authAPI) confirmReset(c echo.Context) error {
	var req ResetConfirmRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	if err := a.accounts.ConfirmReset(c.Request().Context(), req.Token, req.Password); err != nil {
		return err
	}
	a.leave(c)
	return noContent(c)
}

// AcceptRequest takes up an invitation.
type AcceptRequest struct {
	Token    string `json:"token"`
	Name     string `json:"name" example:"Ann Smith"`
	Password string `json:"password" minLength:"12" maxLength:"128"`
}

// accept takes up an invitation and signs in.
//
//	@Summary	Take up an invitation
//	@Tags		auth
//	@ID			auth.accept
//	@Param		body	body		AcceptRequest	true	"Token, name and password"
//	@Success	200		{object}	UserEnvelope
//	@Failure	400		{object}	Problem
//	@Router		/auth/accept [post]
func (a authAPI) accept(c echo.Context) error {
	var req AcceptRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	in, err := a.accounts.Accept(c.Request().Context(), req.Token, req.Name, req.Password, client(c))
	if err != nil {
		return err
	}
	return a.enter(c, http.StatusOK, in)
}
