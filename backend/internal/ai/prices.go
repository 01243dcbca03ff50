package ai

import (
	"regexp"

	"winnow/backend/internal/config"
)

// PricesAsOf is the day on which the list prices below were taken from the provider's public price list.
const PricesAsOf = "2025-08-07"

// PricesIn is the currency of the list prices.
const PricesIn = "USD"

// ListPrice is what a provider asks for a million tokens, before any discount.
type ListPrice struct{ In, Out config.Micros }

// listPrices are OpenAI's standard prices by model.
func listPrices() map[string]ListPrice {
	const cent = million / 100
	return map[string]ListPrice{
		"gpt-5": {125 * cent, 1000 * cent}, "gpt-5-mini": {25 * cent, 200 * cent}, "gpt-5-nano": {5 * cent, 40 * cent},
		"gpt-4.1": {200 * cent, 800 * cent}, "gpt-4.1-mini": {40 * cent, 160 * cent}, "gpt-4.1-nano": {10 * cent, 40 * cent},
		"gpt-4o": {250 * cent, 1000 * cent}, "gpt-4o-mini": {15 * cent, 60 * cent},
		"o3": {200 * cent, 800 * cent}, "o4-mini": {110 * cent, 440 * cent},
	}
}

// dated is the date that providers put behind a model's name.
var dated = regexp.MustCompile(`-20\d\d-\d\d-\d\d$`) //nolint:gochecknoglobals // compiled once

// ListPriceOf is the list price of a model, false when it is not known here.
func ListPriceOf(model string) (ListPrice, bool) {
	p, ok := listPrices()[dated.ReplaceAllString(model, "")]
	return p, ok
}
