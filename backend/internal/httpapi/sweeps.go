package httpapi

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/intake/resolution"
)

type sweepsAPI struct{ finder *resolution.Service }

// NewSweeps offers looking through all leads for duplicates.
func NewSweeps(f *resolution.Service) Resource { return sweepsAPI{f} }

// Register puts the routes in place.
func (a sweepsAPI) Register(r *Registry) {
	r.POST("/duplicates/sweep", "duplicates.sweep", a.start)
	r.GET("/duplicates/sweep", "duplicates.swept", a.latest)
}

// SweepResponse is a look through all leads for duplicates.
type SweepResponse struct {
	ID         string     `json:"id"`
	Status     string     `json:"status" enums:"queued,running,finished,failed"`
	Phase      string     `json:"phase" enums:"learning,indexing,comparing"`
	Done       int        `json:"done"`  // leads, in this phase
	Total      int        `json:"total"` // leads; 0 until they are counted
	Found      int        `json:"found"` // pairs in the queue because of it
	Error      *string    `json:"error" extensions:"x-nullable"`
	CreatedBy  *string    `json:"created_by" extensions:"x-nullable"`
	CreatedAt  time.Time  `json:"created_at" format:"date-time"`
	StartedAt  *time.Time `json:"started_at" extensions:"x-nullable" format:"date-time"`
	FinishedAt *time.Time `json:"finished_at" extensions:"x-nullable" format:"date-time"`
}

// SweepAnswer is the look that was started last.
type SweepAnswer struct {
	Sweep *SweepResponse `json:"sweep" extensions:"x-nullable"` // null: there was none yet
}

func sweepResponse(s *resolution.Sweep) *SweepResponse {
	r := &SweepResponse{
		ID: s.ID, Status: string(s.Status), Phase: string(s.Phase), Done: s.Done, Total: s.Total, Found: s.Found, CreatedBy: s.CreatedBy,
		CreatedAt: s.CreatedAt.UTC(), StartedAt: utcOrNil(s.StartedAt), FinishedAt: utcOrNil(s.FinishedAt),
	}
	if s.Error != "" {
		r.Error = &s.Error
	}
	return r
}

// start queues a sweep.
//
//	@Summary		Look through all leads for duplicates
//	@Description	While one look waits or runs, that one is answered. What it finds is in duplicates.list; leads that come in are compared by themselves.
//	@ID				duplicates.sweep
//	@Tags			duplicates
//	@Produce		json
//	@Success		202	{object}	SweepAnswer
//	@Failure		403	{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/duplicates/sweep [post]
func (a sweepsAPI) start(c echo.Context) error {
	s, err := a.finder.Start(c.Request().Context())
	if err != nil {
		return err
	}
	return write(c, http.StatusAccepted, SweepAnswer{sweepResponse(s)})
}

// latest answers the last sweep.
//
//	@Summary	The last look through all leads for duplicates, and how far it is
//	@ID			duplicates.swept
//	@Tags		duplicates
//	@Produce	json
//	@Success	200	{object}	SweepAnswer
//	@Security	ApiKey
//	@Security	Session
//	@Router		/duplicates/sweep [get]
func (a sweepsAPI) latest(c echo.Context) error {
	s, err := a.finder.Latest(c.Request().Context())
	if err != nil {
		return err
	}
	if s == nil {
		return write(c, http.StatusOK, SweepAnswer{})
	}
	return write(c, http.StatusOK, SweepAnswer{sweepResponse(s)})
}
