package httpapi

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/account"
	"winnow/backend/internal/ai"
	"winnow/backend/internal/config"
)

type aiAPI struct{ model *ai.Client }

// NewAI offers the settings of the language model.
func NewAI(c *ai.Client) Resource { return aiAPI{c} }

// Register puts the routes in place.
func (a aiAPI) Register(r *Registry) {
	r.GET("/settings/ai", "settings.ai_get", a.get)
	r.PUT("/settings/ai", "settings.ai_update", a.update)
	r.POST("/settings/ai/test", "settings.ai_test", a.test)
	r.GET("/settings/ai/models", "settings.ai_models", a.models)
}

// Price is an amount of money in whole units of the workspace's currency, as an exact decimal number.
type Price struct{ micros config.Micros }

// MarshalJSON writes a plain decimal number.
func (p Price) MarshalJSON() ([]byte, error) { return []byte(p.micros.String()), nil }

// UnmarshalJSON reads a plain decimal number exactly, without floating point.
func (p *Price) UnmarshalJSON(b []byte) error {
	var n json.Number
	if strings.HasPrefix(string(b), `"`) || json.Unmarshal(b, &n) != nil {
		return errors.New("give a plain number such as 0.25")
	}
	m, err := config.ParseMicros(n.String())
	if err != nil {
		return err
	}
	p.micros = m
	return nil
}

// AISettingsResponse is how the model is set up. The key is never shown.
type AISettingsResponse struct {
	Configured  bool   `json:"configured"`                                                    // whether there is a model to call
	BaseURL     string `json:"base_url" example:"https://api.openai.com/v1"`                  // set by the operator alone
	Model       string `json:"model" example:"gpt-5-mini"`                                    //
	PriceIn     Price  `json:"price_in" swaggertype:"number" format:"double" example:"0.25"`  // of a million input tokens, in units of currency
	PriceOut    Price  `json:"price_out" swaggertype:"number" format:"double" example:"2.00"` // of a million output tokens
	PriceStated bool   `json:"price_stated"`                                                  // false: nobody said what the model costs, so it is counted as free
	Currency    string `json:"currency" example:"USD"`
	RPM         int    `json:"rpm"` // requests a minute; 0 = no bound of ours
	TPM         int    `json:"tpm"` // tokens a minute; 0 = no bound of ours
	Concurrency int    `json:"concurrency"`
}

func aiSettingsOf(c ai.Config) AISettingsResponse {
	return AISettingsResponse{
		Configured: c.Configured(), BaseURL: bare(c.BaseURL), Model: c.Model, PriceIn: Price{c.PriceIn}, PriceOut: Price{c.PriceOut},
		PriceStated: c.PriceStated, Currency: c.Currency, RPM: c.RPM, TPM: c.TPM, Concurrency: c.Concurrency,
	}
}

// bare is a URL without what may be a secret in it.
func bare(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	return u.String()
}

// get shows how the model is set up.
//
//	@Summary	Show the language model's settings
//	@Tags		settings
//	@ID			settings.ai_get
//	@Success	200	{object}	AISettingsResponse
//	@Failure	401	{object}	Problem
//	@Security	ApiKey
//	@Security	Session
//	@Router		/settings/ai [get]
func (a aiAPI) get(c echo.Context) error {
	if _, err := query(c); err != nil {
		return err
	}
	cfg, err := a.model.Config(c.Request().Context())
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, aiSettingsOf(cfg))
}

// AISettingsRequest replaces what may be changed in the app; what is left out is as the operator set it.
type AISettingsRequest struct {
	Model    *string `json:"model,omitempty" maxLength:"200" extensions:"x-nullable"`
	PriceIn  *Price  `json:"price_in,omitempty" swaggertype:"number" format:"double" extensions:"x-nullable"`
	PriceOut *Price  `json:"price_out,omitempty" swaggertype:"number" format:"double" extensions:"x-nullable"`
	RPM      *int    `json:"rpm,omitempty" extensions:"x-nullable"`
	TPM      *int    `json:"tpm,omitempty" extensions:"x-nullable"`
}

// update changes model, prices and limits.
//
//	@Summary	Change the language model, its prices and limits
//	@Tags		settings
//	@ID			settings.ai_update
//	@Param		body	body		AISettingsRequest	true	"What to use instead of the operator's settings"
//	@Success	200		{object}	AISettingsResponse
//	@Failure	400		{object}	Problem
//	@Failure	401		{object}	Problem
//	@Failure	403		{object}	Problem
//	@Security	ApiKey
//	@Security	Session
//	@Router		/settings/ai [put]
func (a aiAPI) update(c echo.Context) error {
	var req AISettingsRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	ctx := c.Request().Context()
	v, _ := account.From(ctx)
	o := ai.Overrides{Model: req.Model, RPM: req.RPM, TPM: req.TPM}
	if req.PriceIn != nil {
		o.PriceIn = &req.PriceIn.micros
	}
	if req.PriceOut != nil {
		o.PriceOut = &req.PriceOut.micros
	}
	cfg, err := a.model.Override(ctx, o, v.UserID)
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, aiSettingsOf(cfg))
}

// AITestResponse is what a trial call took.
type AITestResponse struct {
	Model      string `json:"model"`
	LatencyMS  int64  `json:"latency_ms"`
	TokensIn   int    `json:"tokens_in"`
	TokensOut  int    `json:"tokens_out"`
	CostMicros int64  `json:"cost_micros"`
	Currency   string `json:"currency"`
}

// test makes one tiny call to the model; it is paid for like any other.
//
//	@Summary	Try the language model with one tiny call
//	@Tags		settings
//	@ID			settings.ai_test
//	@Success	200	{object}	AITestResponse
//	@Failure	400	{object}	Problem	"No model is set up, or its settings are wrong: the problem says which"
//	@Failure	401	{object}	Problem
//	@Failure	403	{object}	Problem
//	@Failure	402	{object}	Problem	"A budget is used up"
//	@Failure	429	{object}	Problem
//	@Failure	503	{object}	Problem	"The model cannot be reached"
//	@Security	ApiKey
//	@Security	Session
//	@Router		/settings/ai/test [post]
func (a aiAPI) test(c echo.Context) error {
	ctx := c.Request().Context()
	p, err := a.model.Test(ctx)
	if err != nil {
		return err
	}
	cfg, err := a.model.Config(ctx)
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, AITestResponse{
		Model: p.Usage.Model, LatencyMS: p.Latency.Milliseconds(), TokensIn: p.Usage.TokensIn, TokensOut: p.Usage.TokensOut,
		CostMicros: p.Usage.CostMicros, Currency: cfg.Currency,
	})
}

// AIModel is a model that the provider offers.
type AIModel struct {
	ID       string `json:"id" example:"gpt-5-mini"`
	PriceIn  *Price `json:"price_in" swaggertype:"number" format:"double" extensions:"x-nullable"`  // list price of a million input tokens; null: not known
	PriceOut *Price `json:"price_out" swaggertype:"number" format:"double" extensions:"x-nullable"` // list price of a million output tokens; null: not known
	Priced   bool   `json:"priced"`                                                                 // whether the list price is known, in the workspace's currency
}

// AIModelList is the provider's models by name.
type AIModelList struct {
	Items      []AIModel `json:"items"`
	Currency   string    `json:"currency" example:"USD"`
	PricesAsOf string    `json:"prices_as_of" example:"2025-08-07"` // the day of the list prices; look at the provider's own list before relying on them
}

// models asks the provider which models it has.
//
//	@Summary	The models that the provider offers, with list prices where they are known
//	@Tags		settings
//	@ID			settings.ai_models
//	@Success	200	{object}	AIModelList
//	@Failure	400	{object}	Problem	"No model is set up, or the provider refuses the key"
//	@Failure	401	{object}	Problem
//	@Failure	403	{object}	Problem
//	@Failure	429	{object}	Problem
//	@Failure	503	{object}	Problem	"The provider cannot be reached, or gives no list"
//	@Security	ApiKey
//	@Security	Session
//	@Router		/settings/ai/models [get]
func (a aiAPI) models(c echo.Context) error {
	if _, err := query(c); err != nil {
		return err
	}
	ctx := c.Request().Context()
	names, err := a.model.Models(ctx)
	if err != nil {
		return err
	}
	cfg, err := a.model.Config(ctx)
	if err != nil {
		return err
	}
	out := AIModelList{Items: make([]AIModel, len(names)), Currency: cfg.Currency, PricesAsOf: ai.PricesAsOf}
	for i, name := range names {
		out.Items[i].ID = name
		if p, ok := ai.ListPriceOf(name); ok && cfg.Currency == ai.PricesIn {
			out.Items[i] = AIModel{ID: name, PriceIn: &Price{p.In}, PriceOut: &Price{p.Out}, Priced: true}
		}
	}
	return write(c, http.StatusOK, out)
}
