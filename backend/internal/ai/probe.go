package ai

import (
	"context"
	"encoding/json"
	"time"

	"winnow/backend/internal/id"
)

// Probe is what a trial call showed.
type Probe struct {
	Usage   Usage
	Latency time.Duration
}

const (
	probeSchema = `{"type":"object","additionalProperties":false,"properties":{"ok":{"type":"boolean"}},"required":["ok"]}`
	probeTokens = 200 // reasoning models think before they answer
)

// Test makes one tiny call to see whether the model can be reached, takes the key and answers by a schema. It is paid
// for and counted like any other. Faults as Complete.
func (c *Client) Test(ctx context.Context) (Probe, error) {
	start := c.clock.Now()
	res, err := c.Complete(ctx, Call{
		Purpose: "test", PromptVersion: "1", SchemaName: "probe", Schema: json.RawMessage(probeSchema), MaxTokens: probeTokens,
		System: "You are asked whether you work.", User: `Answer {"ok": true}. (` + id.New() + ")", // never from the cache
	})
	if err != nil {
		return Probe{}, err
	}
	return Probe{Usage: res.Usage, Latency: c.clock.Now().Sub(start)}, nil
}
