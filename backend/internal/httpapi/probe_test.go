package httpapi_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/httpapi"
)

// probe is a resource with routes that do what a test needs, under operations of the permission table.
type probe struct {
	made    atomic.Int32
	fail    error
	panics  bool
	pad     string
	release chan struct{} // POST waits for it, if set
	entered chan struct{} // POST tells it that it waits, if set
}

func (p *probe) Register(r *httpapi.Registry) {
	r.GET("/probe", "leads.list", p.list)
	r.POST("/probe", "leads.create", p.create, httpapi.MaxBody(1000))
	r.POST("/probe/secret", "users.invite", p.create, httpapi.Secret())
	r.POST("/probe/file", "leads.import", p.create, httpapi.Multipart(1<<20))
	r.GET("/probe/slow", "leads.get", p.slow, httpapi.Timeout(20*time.Millisecond))
}

func (p *probe) list(c echo.Context) error {
	if p.panics {
		panic("probe: " + c.QueryParam("q"))
	}
	if p.fail != nil {
		return p.fail
	}
	v, _ := account.From(c.Request().Context())
	return c.JSON(http.StatusOK, map[string]any{"user": v.UserID, "ip": c.RealIP(), "pad": p.pad})
}

func (p *probe) create(c echo.Context) error {
	body, err := io.ReadAll(c.Request().Body)
	if err != nil {
		return err
	}
	if p.entered != nil {
		p.entered <- struct{}{}
	}
	if p.release != nil {
		<-p.release
	}
	if p.fail != nil {
		return p.fail
	}
	return c.JSON(http.StatusCreated, map[string]any{"n": p.made.Add(1), "size": len(body)})
}

func (p *probe) slow(c echo.Context) error {
	<-c.Request().Context().Done()
	return c.Request().Context().Err()
}

// unlisted is a resource whose operation nobody permitted.
type unlisted struct{}

func (unlisted) Register(r *httpapi.Registry) {
	r.GET("/nobody-listed-this", "nobody.listed", func(echo.Context) error { return nil })
}

// twice registers an operation a second time.
type twice struct{}

func (twice) Register(r *httpapi.Registry) {
	r.GET("/a", "leads.list", func(echo.Context) error { return nil })
	r.GET("/a", "leads.get", func(echo.Context) error { return nil })
}

var errSecretCause = errors.New("dial tcp: password=canary-cause")

func faults() map[fault.Kind]int {
	return map[fault.Kind]int{
		fault.Internal: 500, fault.Invalid: 400, fault.Unauthenticated: 401, fault.Forbidden: 403, fault.NotFound: 404, fault.Conflict: 409,
		fault.Stale: 412, fault.TooLarge: 413, fault.RateLimited: 429, fault.BudgetExceeded: 402, fault.Unavailable: 503,
	}
}

// refuser is an authenticator for which no credential is good.
type refuser struct{ err error }

func (r refuser) AccessToken(context.Context, string) (account.Viewer, error) {
	return account.Viewer{}, r.err
}

func (r refuser) APIKey(context.Context, string) (account.Viewer, error) {
	return account.Viewer{}, r.err
}
