package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// Inspector looks at the running product.
type Inspector interface {
	Inspect(ctx context.Context) (SystemResponse, error)
}

type systemAPI struct{ inspector Inspector }

// NewSystem offers how the product itself is doing.
func NewSystem(i Inspector) Resource { return systemAPI{i} }

// Register puts the routes in place.
func (a systemAPI) Register(r *Registry) { r.GET("/system", "system.get", a.get) }

// SystemResponse is how the product itself is doing. It holds no secret.
type SystemResponse struct {
	Version          string         `json:"version"`
	Go               string         `json:"go"`
	StartedAt        time.Time      `json:"started_at" format:"date-time"`
	Database         SystemDatabase `json:"database"`
	Redis            bool           `json:"redis"` // whether one is set up
	Roles            []string       `json:"roles"`
	DataDirFreeBytes int64          `json:"data_dir_free_bytes"` // -1: cannot be told
	Leads            int64          `json:"leads"`
	Analyses         int64          `json:"analyses"`
	Jobs             SystemJobs     `json:"jobs"`
	Checks           []SystemCheck  `json:"checks"` // what winnow doctor says
}

// SystemDatabase is the database in use.
type SystemDatabase struct {
	Kind      string `json:"kind" enums:"sqlite,postgres"`
	Version   string `json:"version"`
	SizeBytes int64  `json:"size_bytes"`
}

// SystemJobs counts background jobs.
type SystemJobs struct {
	Queued  int64 `json:"queued"`
	Running int64 `json:"running"`
	Failed  int64 `json:"failed"` // given up
}

// SystemCheck is one thing that was looked at.
type SystemCheck struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`                          // false: has to be mended
	State  string `json:"state" enums:"ok,note,fault"` // note: works, but is worth knowing
	Detail string `json:"detail"`
	Remedy string `json:"remedy"` // "" = nothing to do
}

// get tells how the product is doing.
//
//	@Summary	How the product itself is doing
//	@Tags		system
//	@ID			system.get
//	@Success	200	{object}	SystemResponse
//	@Failure	401	{object}	Problem
//	@Failure	403	{object}	Problem
//	@Security	ApiKey
//	@Security	Session
//	@Router		/system [get]
func (a systemAPI) get(c echo.Context) error {
	if _, err := query(c); err != nil {
		return err
	}
	s, err := a.inspector.Inspect(c.Request().Context())
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, s)
}
