package httpapi

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/account"
	"winnow/backend/internal/ai"
	"winnow/backend/internal/fault"
)

type budgetsAPI struct{ ledger *ai.Ledger }

// NewBudgets offers the ceilings on what models may cost.
func NewBudgets(l *ai.Ledger) Resource { return budgetsAPI{l} }

// Register puts the routes in place.
func (a budgetsAPI) Register(r *Registry) {
	r.GET("/budgets", "budgets.list", a.list)
	r.PUT("/budgets/:scope", "budgets.update", a.update)
}

// BudgetResponse is a ceiling and what has gone against it in the period, in millionths of the currency's unit.
type BudgetResponse struct {
	Scope          string     `json:"scope" enums:"day,month"`
	Period         string     `json:"period" example:"2026-11-25"` // day or month, UTC
	Currency       string     `json:"currency" example:"USD"`
	LimitMicros    *int64     `json:"limit_micros" extensions:"x-nullable"`                 // null: no ceiling
	SpentMicros    int64      `json:"spent_micros"`                                         // what finished calls cost
	ReservedMicros int64      `json:"reserved_micros"`                                      // the most that calls under way can cost
	WarnedAt       *time.Time `json:"warned_at" format:"date-time" extensions:"x-nullable"` // when 80 % were spent
}

func (a budgetsAPI) of(b ai.Budget) BudgetResponse {
	return BudgetResponse{
		Scope: b.Scope, Period: b.Key, Currency: a.ledger.Currency(), LimitMicros: b.LimitMicros, SpentMicros: b.SpentMicros,
		ReservedMicros: b.ReservedMicros, WarnedAt: utc(b.WarnedAt),
	}
}

// BudgetListResponse lists the budgets of today and of this month.
type BudgetListResponse struct {
	Items []BudgetResponse `json:"items"`
}

// list shows the budgets of today and of this month.
//
//	@Summary	Show the budgets of today and of this month
//	@Tags		settings
//	@ID			budgets.list
//	@Success	200	{object}	BudgetListResponse
//	@Failure	401	{object}	Problem
//	@Security	ApiKey
//	@Security	Session
//	@Router		/budgets [get]
func (a budgetsAPI) list(c echo.Context) error {
	if _, err := query(c); err != nil {
		return err
	}
	all, err := a.ledger.Budgets(c.Request().Context())
	if err != nil {
		return err
	}
	out := BudgetListResponse{Items: make([]BudgetResponse, 0, len(all))}
	for _, b := range all {
		out.Items = append(out.Items, a.of(b))
	}
	return write(c, http.StatusOK, out)
}

// BudgetRequest sets a ceiling. It holds from now on: calls under way finish, further ones are refused when it is passed.
type BudgetRequest struct {
	LimitMicros limitValue `json:"limit_micros" swaggertype:"integer" format:"int64" extensions:"x-nullable"` // null: no ceiling
}

// limitValue tells null, which takes the ceiling away, from a field that was forgotten.
type limitValue struct {
	given  bool
	micros *int64
}

// UnmarshalJSON notes that the field was given.
func (l *limitValue) UnmarshalJSON(b []byte) error {
	l.given = true
	if string(b) == "null" {
		return nil
	}
	return unmarshalWhole(b, &l.micros)
}

// Validate wants the field to be there.
func (r *BudgetRequest) Validate() []fault.Field {
	if r.LimitMicros.given {
		return nil
	}
	return []fault.Field{{Name: "limit_micros", Code: "required", Message: "Give an amount in millionths, or null for no ceiling."}}
}

// update changes the ceiling of every day or every month.
//
//	@Summary	Set the budget of a day or a month
//	@Tags		settings
//	@ID			budgets.update
//	@Param		scope	path		string			true	"Which budget"	Enums(day, month)
//	@Param		body	body		BudgetRequest	true	"The ceiling"
//	@Success	200		{object}	BudgetResponse
//	@Failure	400		{object}	Problem
//	@Failure	401		{object}	Problem
//	@Failure	403		{object}	Problem
//	@Failure	404		{object}	Problem
//	@Security	ApiKey
//	@Security	Session
//	@Router		/budgets/{scope} [put]
func (a budgetsAPI) update(c echo.Context) error {
	var req BudgetRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	ctx := c.Request().Context()
	v, _ := account.From(ctx)
	b, err := a.ledger.SetLimit(ctx, c.Param("scope"), req.LimitMicros.micros, v.UserID)
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, a.of(b))
}

func unmarshalWhole(b []byte, into **int64) error {
	n, err := strconv.ParseInt(string(b), 10, 64)
	if err != nil {
		return errors.New("give a whole number of millionths")
	}
	*into = &n
	return nil
}
