package httpapi

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

const (
	accessCookie  = "winnow_access"
	refreshCookie = "winnow_refresh"
	authPath      = Prefix + "/auth"
)

// cookieName is the cookie's name on the wire. Over HTTPS it has the __Host- prefix, with which browsers take it only
// from this very host, over HTTPS and for the whole host.
func (s *Server) cookieName(name string) string { return cookieName(s.cfg.Secure(), name) }

func cookieName(secure bool, name string) string {
	if secure {
		return "__Host-" + name
	}
	return name
}

// setCookie gives the browser a cookie; maxAge 0 keeps it until the browser closes, below 0 takes it away.
func setCookie(c echo.Context, secure bool, name, value string, maxAge time.Duration) {
	k := &http.Cookie{ //nolint:gosec // Secure wherever the site is served over HTTPS; plain http is for loopback
		Name: cookieName(secure, name), Value: value, Path: "/",
		HttpOnly: true, Secure: secure, SameSite: http.SameSiteStrictMode, MaxAge: int(maxAge.Seconds()),
	}
	if name == refreshCookie && !secure {
		k.Path = authPath // the __Host- prefix wants "/"
	}
	if maxAge < 0 {
		k.MaxAge = -1
	}
	c.SetCookie(k)
}

// cookieValue is the value of the only cookie of that name, "" if there is none or more than one.
func cookieValue(r *http.Request, name string) string {
	found := r.CookiesNamed(name)
	if len(found) != 1 {
		return ""
	}
	return found[0].Value
}
