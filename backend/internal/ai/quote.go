package ai

import (
	"context"
)

// Quote is what a call would take; making one costs nothing and calls nobody.
type Quote struct {
	TokensIn    int
	TokensOut   int   // as expected
	CostMicros  int64 // as expected
	WorstMicros int64 // what would be reserved
	Cached      bool  // the answer is at hand: tokens and costs are 0
}

// Quote tells what Complete would take for the same call, by our own token count. Fault: Invalid (ai_not_configured).
func (c *Client) Quote(ctx context.Context, call Call) (Quote, error) {
	p, err := c.prepare(ctx, call)
	if err != nil {
		return Quote{}, err
	}
	known, err := c.answers.known(ctx, []string{p.key})
	if err != nil {
		return Quote{}, err
	}
	if known[p.key] {
		return Quote{Cached: true}, nil
	}
	system := p.System
	if c.door.tells(p.cfg, p.Model) {
		system += schemaNote(p.schema.wire)
	}
	in, err := c.counter.measure(p.Model, system, string(p.schema.wire), p.User)
	if err != nil {
		return Quote{}, err
	}
	out := p.ExpectTokens
	if out <= 0 || out > p.MaxTokens {
		out = p.MaxTokens / 2
	}
	return Quote{
		TokensIn: in.tokens, TokensOut: out, CostMicros: p.cfg.Cost(in.tokens, out), WorstMicros: p.cfg.Cost(in.most, p.MaxTokens),
	}, nil
}

// Pace is how many calls of so many tokens (answer included) a second the limits allow, 0 when nothing bounds them.
func (c *Client) Pace(ctx context.Context, tokens int) (float64, error) {
	cfg, err := c.settings.current(ctx)
	if err != nil {
		return 0, err
	}
	pace := float64(cfg.RPM) / 60
	if byTokens := float64(cfg.TPM) / 60 / float64(max(tokens, 1)); cfg.TPM > 0 && (pace == 0 || byTokens < pace) {
		pace = byTokens
	}
	return pace, nil
}
