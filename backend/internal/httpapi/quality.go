package httpapi

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/insight"
)

// QualityCheckResponse is something that leads can lack, and how many do.
type QualityCheckResponse struct {
	Key    string `json:"key" enums:"unreachable,dead_mail,no_email,no_phone,no_name,no_company,no_title,no_industry,no_country,no_text,quiet_90,quiet_365,not_analyzed,no_owner"`
	Kind   string `json:"kind" enums:"reach,complete,fresh,work"`
	Filter string `json:"filter"` // finds these leads
	Count  int    `json:"count"`
}

// SourceQualityResponse is how many leads of a source lack what.
type SourceQualityResponse struct {
	Source string         `json:"source"`
	Leads  int            `json:"leads"`
	Counts map[string]int `json:"counts"` // key of the check → leads that lack it
}

// QualityResponse is how good the data is, of the leads that the caller may see.
type QualityResponse struct {
	Leads   int                     `json:"leads"`
	Checks  []QualityCheckResponse  `json:"checks"`
	Sources []SourceQualityResponse `json:"sources"` // the largest first, at most 50
}

// quality counts.
//
//	@Summary	What the leads lack, in all and by source
//	@ID			analytics.quality
//	@Tags		analytics
//	@Produce	json
//	@Success	200	{object}	QualityResponse
//	@Security	ApiKey
//	@Security	Session
//	@Router		/analytics/quality [get]
func (a analyticsAPI) quality(c echo.Context) error {
	q, err := a.insight.Quality(c.Request().Context())
	if err != nil {
		return err
	}
	checks := insight.QualityChecks()
	out := QualityResponse{Leads: q.Leads, Checks: make([]QualityCheckResponse, len(checks)), Sources: make([]SourceQualityResponse, len(q.Sources))}
	for i, check := range checks {
		out.Checks[i] = QualityCheckResponse{Key: check.Key, Kind: string(check.Kind), Filter: check.Filter, Count: q.Counts[i]}
	}
	for i, s := range q.Sources {
		counts := make(map[string]int, len(checks))
		for n, check := range checks {
			counts[check.Key] = s.Counts[n]
		}
		out.Sources[i] = SourceQualityResponse{Source: s.Source, Leads: s.Leads, Counts: counts}
	}
	return write(c, http.StatusOK, out)
}
