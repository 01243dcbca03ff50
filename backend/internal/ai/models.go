package ai

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode"

	"winnow/backend/internal/fault"
)

const (
	maxModels    = 1000
	maxModelName = 200
	listWithin   = 15 * time.Second
)

// Models asks the provider which models it has, sorted by name. It costs nothing. Faults: Invalid when no provider is
// set up, Forbidden when models are switched off, Unavailable when the provider does not give a list.
func (c *Client) Models(ctx context.Context) ([]string, error) {
	cfg, err := c.settings.current(ctx)
	if err != nil {
		return nil, err
	}
	if cfg.BaseURL == "" {
		return nil, fault.New(fault.Invalid, "ai_not_configured", "No language model is set up. Set WINNOW_AI_BASE_URL (and WINNOW_AI_API_KEY if it needs one), or use the built-in rules.")
	}
	if err := c.Allowed(ctx); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, listWithin)
	defer cancel()
	names, err := c.door.models(ctx, cfg)
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// Allowed is the fault of a workspace that has switched models off, nil else.
func (c *Client) Allowed(ctx context.Context) error {
	if c.allowed == nil {
		return nil
	}
	ok, err := c.allowed(ctx)
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "settings_unavailable", "The workspace's settings cannot be read; try again in a moment")
	}
	if !ok {
		return fault.New(fault.Forbidden, "ai_not_allowed", "Language models are switched off for this workspace. Use the built-in rules, or ask an admin to switch models on under Settings.")
	}
	return nil
}

// models reads GET /models of the provider. The host is the operator's; d.http is the guarded client.
func (d *door) models(ctx context.Context, cfg Config) ([]string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(cfg.BaseURL, "/")+"/models", nil)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "ai_base_url_wrong", "WINNOW_AI_BASE_URL is no address")
	}
	if cfg.APIKey != "" {
		req.Header.Set("Authorization", "Bearer "+cfg.APIKey.Reveal())
	}
	res, err := d.http.Do(req)
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "ai_unreachable", "The provider "+cfg.Host()+" cannot be reached. Check WINNOW_AI_BASE_URL and that it runs")
	}
	defer func() { _ = res.Body.Close() }()
	if err := listRefused(cfg, res.StatusCode); err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(&capped{ReadCloser: res.Body, left: maxReply})
	if err != nil {
		return nil, noList(cfg, err)
	}
	var list struct {
		Data []struct {
			ID string `json:"id"`
		} `json:"data"`
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, noList(cfg, err)
	}
	names := make([]string, 0, min(len(list.Data), maxModels))
	for _, m := range list.Data {
		if len(names) < maxModels && plainName(m.ID) {
			names = append(names, m.ID)
		}
	}
	return names, nil
}

func listRefused(cfg Config, status int) error {
	switch {
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return fault.New(fault.Invalid, "ai_key_refused", "The provider "+cfg.Host()+" refuses the key. Check WINNOW_AI_API_KEY.")
	case status == http.StatusTooManyRequests:
		return &fault.Error{Kind: fault.RateLimited, Code: "ai_rate_limited", Msg: "The provider asks to wait. Try again in a minute.", RetryAfter: time.Minute}
	case status != http.StatusOK:
		return noList(cfg, errors.New(http.StatusText(status)))
	}
	return nil
}

func noList(cfg Config, err error) error {
	return fault.Wrap(err, fault.Unavailable, "ai_models_unlisted", "The provider "+cfg.Host()+" gives no list of models. Type the model's name instead")
}

func plainName(s string) bool {
	return s != "" && len(s) <= maxModelName && strings.IndexFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) || r == unicode.ReplacementChar }) < 0
}
