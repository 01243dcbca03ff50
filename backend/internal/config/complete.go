package config

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"

	"winnow/backend/internal/fault"
)

// complete fills what follows from other settings and returns the faults that only show when they are seen together.
func complete(c *Config, values map[string]given) []fault.Field {
	var fields []fault.Field
	need := func(env, message string) {
		fields = append(fields, fault.Field{Name: prefix + env, Code: "required", Message: message})
	}
	has := func(env string) bool { return values[env].text != "" }

	if has("DATABASE_URL") && !has("SECRET_KEY") {
		need("SECRET_KEY", "It is required with PostgreSQL, the same for every process. Make one with: openssl rand -hex 32")
	}
	if has("SMTP_URL") && !has("MAIL_FROM") {
		need("MAIL_FROM", "It is required with WINNOW_SMTP_URL, e.g. Winnow <winnow@example.com>.")
	}
	if has("AI_BASE_URL") && !has("AI_MODEL") {
		need("AI_MODEL", "It is required with WINNOW_AI_BASE_URL: the model's name as that API calls it.")
	}
	if !has("AI_BASE_URL") && (has("AI_MODEL") || has("AI_API_KEY")) {
		need("AI_BASE_URL", "It is required with WINNOW_AI_MODEL and WINNOW_AI_API_KEY, e.g. https://api.openai.com/v1.")
	}
	c.AI.PriceStated = has("AI_PRICE_IN") && has("AI_PRICE_OUT")
	if c.Data.ProfileDir == "" {
		c.Data.ProfileDir = filepath.Join(c.Data.Dir, "profile")
	}
	if c.Server.BaseURL == "" {
		_, port, _ := net.SplitHostPort(c.Server.Addr)
		c.Server.BaseURL = strings.TrimSuffix("http://localhost:"+port, ":80")
	}
	if c.Fetch.Contact == "" {
		c.Fetch.Contact = c.Server.BaseURL
	}
	c.Warnings = warnings(c)
	return fields
}

func warnings(c *Config) []string {
	var w []string
	host, _, _ := net.SplitHostPort(c.Server.Addr)
	base, _ := url.Parse(c.Server.BaseURL)
	if !loopback(host) && !c.Server.Secure() {
		w = append(w, fmt.Sprintf("Winnow listens on %s, which other machines can reach, but its address %s is plain http: passwords and sessions would cross the network unprotected. Put an HTTPS proxy before it and set WINNOW_BASE_URL to its https:// address, or listen on 127.0.0.1.", c.Server.Addr, c.Server.BaseURL))
	} else if base != nil && !loopback(base.Hostname()) && !c.Server.Secure() {
		w = append(w, fmt.Sprintf("WINNOW_BASE_URL %s is plain http on a name that is not this machine: passwords and sessions would cross the network unprotected. Use https.", c.Server.BaseURL))
	}
	if ai, err := url.Parse(c.AI.BaseURL); err == nil && c.AI.Configured() && !loopback(ai.Hostname()) {
		if !c.AI.PriceStated {
			w = append(w, "The price of the language model is not stated, so its calls are counted as costing nothing and no budget can hold them. Set WINNOW_AI_PRICE_IN and WINNOW_AI_PRICE_OUT (0 if it is free).")
		}
		if ai.Scheme == "http" && c.AI.APIKey != "" {
			w = append(w, "WINNOW_AI_BASE_URL is plain http: the key and the leads' texts would cross the network unprotected. Use https.")
		}
	}
	return w
}

func loopback(host string) bool {
	if a, err := netip.ParseAddr(host); err == nil {
		return a.IsLoopback()
	}
	return strings.EqualFold(host, "localhost") || strings.HasSuffix(strings.ToLower(host), ".localhost")
}
