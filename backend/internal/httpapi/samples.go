package httpapi

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"gorm.io/gorm"

	"winnow/backend/internal/lead"
)

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
func (a leadsAPI) loadSamples(c echo.Context) error {
	ctx := c.Request().Context()
	samples, err := lead.Samples()
	if err != nil {
		return err
	}
	restored := 0
	created, err := a.door.AcceptMany(ctx, samples, lead.SourceSample, func(tx *gorm.DB) (err error) {
		restored, err = a.leads.RestoreSamples(ctx, tx)
		return err
	})
	if err != nil {
		return err
	}
	return write(c, http.StatusCreated, SamplesResponse{Count: restored + created})
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
func (a leadsAPI) deleteSamples(c echo.Context) error {
	n, err := a.leads.DeleteSamples(c.Request().Context())
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, SamplesResponse{Count: n})
}
