package httpapi

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/ai"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/insight"
	"winnow/backend/internal/qualify/batch"
)

// Spending tells what was spent. *ai.Ledger is one.
type Spending interface {
	Budgets(ctx context.Context) ([]ai.Budget, error)
}

type analyticsAPI struct {
	insight  *insight.Service
	batches  batchesAPI
	spending Spending
}

// NewAnalytics offers the workspace's figures.
func NewAnalytics(s *insight.Service, b *batch.Service, spending Spending, c clock.Clock) Resource {
	return analyticsAPI{s, batchesAPI{b, c}, spending}
}

// Register puts the route in place.
func (a analyticsAPI) Register(r *Registry) {
	r.GET("/analytics/overview", "analytics.overview", a.overview)
	r.GET("/analytics/quality", "analytics.quality", a.quality)
}

// RateResponse is a share as it was counted.
type RateResponse struct {
	Numerator   int `json:"numerator"`
	Denominator int `json:"denominator"`
}

// SourceCountResponse is how many leads a source brought, and how many of them qualified.
type SourceCountResponse struct {
	Source    string `json:"source"`
	Count     int    `json:"count"`
	Qualified int    `json:"qualified"`
}

// TrendDayResponse is one day, UTC.
type TrendDayResponse struct {
	Date      string `json:"date" format:"date"`
	Found     int    `json:"found"`
	Qualified int    `json:"qualified"`
}

// OverviewResponse is the state of the workspace at a glance, of the leads that the caller may see.
type OverviewResponse struct {
	LeadsTotal      int                   `json:"leads_total"`
	LeadsNew7d      int                   `json:"leads_new_7d"`
	Analyzed        int                   `json:"analyzed"`
	Qualified       int                   `json:"qualified"`
	QualifiedRate   RateResponse          `json:"qualified_rate"`
	Grades          map[string]int        `json:"grades"`
	Sources         []SourceCountResponse `json:"sources"` // the largest first
	Trend           []TrendDayResponse    `json:"trend"`   // 30 days, oldest first
	BatchesRunning  []BatchResponse       `json:"batches_running"`
	CostMicrosMonth int64                 `json:"cost_micros_month"`
	Recent          []EventResponse       `json:"recent"` // newest first
}

// overview counts.
//
//	@Summary	The state of the workspace at a glance
//	@ID			analytics.overview
//	@Tags		analytics
//	@Produce	json
//	@Success	200	{object}	OverviewResponse
//	@Security	ApiKey
//	@Security	Session
//	@Router		/analytics/overview [get]
func (a analyticsAPI) overview(c echo.Context) error {
	ctx := c.Request().Context()
	o, err := a.insight.Overview(ctx)
	if err != nil {
		return err
	}
	out := OverviewResponse{
		LeadsTotal: o.Leads, LeadsNew7d: o.New7d, Analyzed: o.Analyzed, Qualified: o.Qualified, QualifiedRate: RateResponse(o.Rate()),
		Grades: o.Grades, Sources: []SourceCountResponse{}, Trend: []TrendDayResponse{}, BatchesRunning: []BatchResponse{},
		Recent: eventResponses(o.Recent),
	}
	for _, s := range o.Sources {
		out.Sources = append(out.Sources, SourceCountResponse(s))
	}
	for _, d := range o.Trend {
		out.Trend = append(out.Trend, TrendDayResponse(d))
	}
	if err := a.running(ctx, &out); err != nil {
		return err
	}
	if out.CostMicrosMonth, err = a.month(ctx); err != nil {
		return err
	}
	return write(c, http.StatusOK, out)
}

func (a analyticsAPI) running(ctx context.Context, out *OverviewResponse) error {
	all, err := a.batches.batches.List(ctx, defaultLimit)
	if err != nil {
		return err
	}
	for _, b := range all {
		switch b.Status { //nolint:exhaustive // the others are over
		case batch.Queued, batch.Running, batch.Paused:
			out.BatchesRunning = append(out.BatchesRunning, a.batches.response(b))
		}
	}
	return nil
}

func (a analyticsAPI) month(ctx context.Context) (int64, error) {
	all, err := a.spending.Budgets(ctx)
	if err != nil {
		return 0, err
	}
	for _, b := range all {
		if b.Scope == ai.ScopeMonth {
			return b.SpentMicros, nil
		}
	}
	return 0, nil
}
