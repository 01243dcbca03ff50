package httpapi

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/account"
	"winnow/backend/internal/settings"
)

type settingsAPI struct{ settings *settings.Service }

// NewSettings offers the workspace's settings.
func NewSettings(s *settings.Service) Resource { return settingsAPI{s} }

// Register puts the routes in place.
func (a settingsAPI) Register(r *Registry) {
	r.GET("/settings", "settings.get", a.get)
	r.PUT("/settings", "settings.update", a.update)
}

// SettingsResponse is the workspace's settings.
type SettingsResponse struct {
	Name        string `json:"name"`
	Currency    string `json:"currency"`                   // ISO 4217
	Timezone    string `json:"timezone"`                   // IANA
	Analyzer    string `json:"analyzer" enums:"rules,llm"` // what a new batch starts with
	Draft       bool   `json:"draft"`                      // a new batch also drafts messages
	AutoAnalyze bool   `json:"auto_analyze"`               // judge imported leads by the built-in rules, by themselves
	AIAllowed   bool   `json:"ai_allowed"`                 // false: no language model may be called by anybody
	Version     int    `json:"version"`
}

// SettingsRequest is a change: what is left out stays.
type SettingsRequest struct {
	Name        *string `json:"name"`
	Currency    *string `json:"currency"`
	Timezone    *string `json:"timezone"`
	Analyzer    *string `json:"analyzer" enums:"rules,llm"`
	Draft       *bool   `json:"draft"`
	AutoAnalyze *bool   `json:"auto_analyze"`
	AIAllowed   *bool   `json:"ai_allowed"`
}

func settingsResponse(w settings.Workspace, version int) SettingsResponse {
	return SettingsResponse{
		Name: w.Name, Currency: w.Currency, Timezone: w.Timezone, Analyzer: w.Analyzer, Draft: w.Draft, AutoAnalyze: w.AutoAnalyze, AIAllowed: !w.AIOff, Version: version,
	}
}

// get answers the settings.
//
//	@Summary	The workspace's settings
//	@ID			settings.get
//	@Tags		settings
//	@Produce	json
//	@Success	200	{object}	SettingsResponse
//	@Security	ApiKey
//	@Security	Session
//	@Router		/settings [get]
func (a settingsAPI) get(c echo.Context) error {
	w, v, err := a.settings.Get(c.Request().Context())
	if err != nil {
		return err
	}
	return writeVersion(c, http.StatusOK, v, settingsResponse(w, v))
}

// update changes settings.
//
//	@Summary	Change the workspace's settings
//	@ID			settings.update
//	@Tags		settings
//	@Accept		json
//	@Produce	json
//	@Param		If-Match	header		string			false	"ETag of the version that was read"
//	@Param		body		body		SettingsRequest	true	"what changes"
//	@Success	200			{object}	SettingsResponse
//	@Failure	400			{object}	Problem
//	@Failure	412			{object}	Problem
//	@Security	ApiKey
//	@Security	Session
//	@Router		/settings [put]
func (a settingsAPI) update(c echo.Context) error {
	ctx := c.Request().Context()
	want, err := ifMatch(c)
	if err != nil {
		return err
	}
	var req SettingsRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	var by *string
	if v, ok := account.From(ctx); ok && v.UserID != "" {
		by = &v.UserID
	}
	w, v, err := a.settings.Update(ctx, by, want, settings.Change(req))
	if err != nil {
		return err
	}
	return writeVersion(c, http.StatusOK, v, settingsResponse(w, v))
}
