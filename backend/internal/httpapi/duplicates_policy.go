package httpapi

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake/linkage"
	"winnow/backend/internal/lead/duplicate"
	"winnow/backend/internal/lead/merging"
)

// DuplicatePolicy is what the workspace decided about pairs that are beyond doubt.
type DuplicatePolicy struct {
	MergeSure bool              `json:"merge_sure"` // they are merged without a person's word
	Rule      string            `json:"rule" enums:"survivor,most_trusted,newest,longest,verified"`
	Rules     map[string]string `json:"rules"`     // field → rule, where another one holds
	Threshold float64           `json:"threshold"` // the score from which on a pair is beyond doubt
	Waiting   int               `json:"waiting"`   // pairs that wait now and would be merged; counted up to 10000
	Version   int               `json:"version"`
}

// DuplicatePolicyRequest is a change: what is left out stays.
type DuplicatePolicyRequest struct {
	MergeSure *bool              `json:"merge_sure"`
	Rule      *string            `json:"rule" enums:"survivor,most_trusted,newest,longest,verified"`
	Rules     *map[string]string `json:"rules"`
}

func (r DuplicatePolicyRequest) change() duplicate.PolicyChange {
	c := duplicate.PolicyChange{MergeSure: r.MergeSure}
	if r.Rule != nil {
		c.Rule = new(merging.Rule(*r.Rule))
	}
	if r.Rules != nil {
		rules := map[string]merging.Rule{}
		for f, rule := range *r.Rules {
			rules[f] = merging.Rule(rule)
		}
		c.Rules = &rules
	}
	return c
}

// Validate finds names that are too long to be a field's.
func (r DuplicatePolicyRequest) Validate() []fault.Field {
	if r.Rules == nil {
		return nil
	}
	for _, f := range slices.Sorted(maps.Keys(*r.Rules)) {
		if !merging.Choosable(f) {
			return []fault.Field{{Name: clip("rules." + f), Code: "unknown_field", Message: "There is no such field to choose."}}
		}
	}
	return nil
}

func (a duplicatesAPI) answerPolicy(ctx context.Context, c echo.Context, p duplicate.Policy, version int) error {
	waiting, err := a.pairs.Waiting(ctx)
	if err != nil {
		return err
	}
	out := DuplicatePolicy{MergeSure: p.MergeSure, Rule: string(p.Rule), Rules: map[string]string{}, Threshold: linkage.SureFrom(), Waiting: waiting, Version: version}
	for f, rule := range p.Rules {
		out.Rules[f] = string(rule)
	}
	return writeVersion(c, http.StatusOK, version, out)
}

// policy answers what is merged without a person's word.
//
//	@Summary		Whether sure pairs are merged by themselves
//	@Description	Off until an administrator decides otherwise. Pairs of leads of two owners, pairs of which one says that it must not be contacted, and pairs that somebody told apart are never merged so.
//	@ID				duplicates.policy
//	@Tags			duplicates
//	@Produce		json
//	@Success		200	{object}	DuplicatePolicy
//	@Security		ApiKey
//	@Security		Session
//	@Router			/duplicates/policy [get]
func (a duplicatesAPI) policy(c echo.Context) error {
	ctx := c.Request().Context()
	p, v, err := a.pairs.Policy(ctx)
	if err != nil {
		return err
	}
	return a.answerPolicy(ctx, c, p, v)
}

// decide changes that.
//
//	@Summary		Decide whether sure pairs are merged by themselves
//	@Description	Once they are, those that wait are merged too. Each merge can be undone; switching it off undoes none.
//	@ID				duplicates.decide
//	@Tags			duplicates
//	@Accept			json
//	@Produce		json
//	@Param			If-Match	header		string					false	"ETag of the version that was read"
//	@Param			body		body		DuplicatePolicyRequest	true	"what changes"
//	@Success		200			{object}	DuplicatePolicy
//	@Failure		400			{object}	Problem
//	@Failure		412			{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/duplicates/policy [put]
func (a duplicatesAPI) decide(c echo.Context) error {
	ctx := c.Request().Context()
	want, err := ifMatch(c)
	if err != nil {
		return err
	}
	var req DuplicatePolicyRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	p, v, err := a.pairs.SetPolicy(ctx, want, req.change())
	if err != nil {
		return err
	}
	return a.answerPolicy(ctx, c, p, v)
}
