package ai

import (
	"net/url"
	"time"

	"winnow/backend/internal/config"
)

// Config is how to reach the model and what it costs. The operator gives it; an admin may override the parts that
// Overrides names.
type Config struct {
	BaseURL     string // of an OpenAI-compatible API; "" = no model
	APIKey      config.Secret
	Model       string
	PriceIn     config.Micros // of a million input tokens
	PriceOut    config.Micros // of a million output tokens
	PriceStated bool          // whether somebody said what the model costs
	RPM         int           // requests a minute; 0 = no bound of ours
	TPM         int           // tokens a minute; 0 = no bound of ours
	Concurrency int           // calls at once; < 1 = 8
	Currency    string        // ISO 4217
	CacheTTL    time.Duration // how long an answer may be used again; 0 = only by a restarted batch that has paid for it
	Timeout     time.Duration // longest wait for an answer; 0 = 90 s
	// PatientFor is how long a call may wait for its turn under the rate limits before it gives up as RateLimited;
	// 0 = 60 s.
	PatientFor time.Duration
}

// ConfigOf takes the model's settings out of the process's.
func ConfigOf(c config.Config) Config {
	a := c.AI
	return Config{
		BaseURL: a.BaseURL, APIKey: a.APIKey, Model: a.Model, PriceIn: a.PriceIn, PriceOut: a.PriceOut,
		PriceStated: a.PriceStated, RPM: a.RPM, TPM: a.TPM, Concurrency: a.Concurrency,
		Currency: c.Currency, CacheTTL: c.Data.CacheTTL,
	}
}

// Configured reports whether there is a model to call.
func (c Config) Configured() bool { return c.BaseURL != "" && c.Model != "" }

// Host is the host of the provider, for people and logs.
func (c Config) Host() string {
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		return ""
	}
	return u.Host
}

func (c Config) withDefaults() Config {
	if c.Concurrency < 1 {
		c.Concurrency = 8
	}
	if c.Timeout <= 0 {
		c.Timeout = 90 * time.Second
	}
	if c.PatientFor <= 0 {
		c.PatientFor = time.Minute
	}
	if c.Currency == "" {
		c.Currency = "USD"
	}
	return c
}

const million = 1_000_000

// Cost is the price of so many tokens in micro-units, rounded up to the next whole one.
func (c Config) Cost(tokensIn, tokensOut int) int64 {
	sum := int64(tokensIn)*int64(c.PriceIn) + int64(tokensOut)*int64(c.PriceOut)
	return (sum + million - 1) / million
}
