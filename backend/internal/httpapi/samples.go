package httpapi

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"
)

// Samples are the sample leads; both answer how many they touched, all or none.
type Samples interface {
	LoadSamples(ctx context.Context) (int, error)
	DeleteSamples(ctx context.Context) (int, error)
}

type samplesAPI struct{ samples Samples }

// NewSamples offers invented leads to try things with.
func NewSamples(s Samples) Resource { return samplesAPI{s} }

// Register puts the routes in place.
func (a samplesAPI) Register(r *Registry) {
	r.POST("/samples", "samples.load", a.loadSamples)
	r.DELETE("/samples", "samples.delete", a.deleteSamples)
}

// SamplesResponse says how many sample leads were loaded or taken away.
type SamplesResponse struct {
	Count int `json:"count"`
}

// loadSamples brings the sample leads in.
//
//	@Summary		Load ten invented leads to try things with
//	@Description	They have the source and the tag "sample". Loading them twice changes nothing.
//	@ID				samples.load
//	@Tags			samples
//	@Produce		json
//	@Success		201	{object}	SamplesResponse
//	@Failure		403	{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/samples [post]
func (a samplesAPI) loadSamples(c echo.Context) error {
	n, err := a.samples.LoadSamples(c.Request().Context())
	if err != nil {
		return err
	}
	return write(c, http.StatusCreated, SamplesResponse{Count: n})
}

// deleteSamples takes the sample leads away.
//
//	@Summary	Delete the sample leads
//	@ID			samples.delete
//	@Tags		samples
//	@Produce	json
//	@Success	200	{object}	SamplesResponse
//	@Failure	403	{object}	Problem
//	@Security	ApiKey
//	@Security	Session
//	@Router		/samples [delete]
func (a samplesAPI) deleteSamples(c echo.Context) error {
	n, err := a.samples.DeleteSamples(c.Request().Context())
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, SamplesResponse{Count: n})
}
