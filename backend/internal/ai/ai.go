// Package ai is the only door to language models and to money. A call is counted and priced offline, its worst-case
// cost is reserved in every budget it falls under, it is made within the provider's rate limits, its answer is checked
// against a JSON Schema, and what it cost is settled together with the cached answer. It knows no lead and no prompt:
// whoever calls it brings those.
package ai

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/platform/db"
)

// Call is one question to a model, with everything that its answer depends on.
type Call struct {
	Purpose       string // what for: "qualify", "compose", "test"; for the log and the ledger
	PromptVersion string // stored with the call; raise it with every change of the prompt
	LeadID        string // whom the call is about; "" = nobody
	BatchID       string // whose budget it falls under besides day and month; "" = the batch of the context (WithBatch)
	Model         string // "" = the model of the settings
	System, User  string // the prompt
	SchemaName    string // letters, digits, _ and -; shown to the provider
	// Schema of the answer, an object. Keep to the keywords of strict structured output (type, enum, properties with all
	// of them required, additionalProperties false, items, maxItems, minimum, maximum); check lengths in Validate.
	Schema       json.RawMessage
	MaxTokens    int // most tokens of the answer; 0 = DefaultMaxTokens
	ExpectTokens int // how long answers usually are, for estimates; 0 = half of MaxTokens
	// Validate looks at an answer that fits Schema; its error is shown to the model in the one re-ask, so it must
	// name what is wrong with the answer and no secret. nil = the schema is enough.
	Validate func(answer []byte) error
}

// DefaultMaxTokens bounds an answer when the call names no bound.
const DefaultMaxTokens = 1200

// Usage is what an answer took: over both questions when there was a re-ask, all zero but Cached when it was cached.
type Usage struct {
	Model      string
	TokensIn   int
	TokensOut  int
	CostMicros int64
	Cached     bool
}

// Result is an answer that fits the call's schema and passed its Validate.
type Result struct {
	JSON  []byte
	Usage Usage
}

// EventLog is where warnings go; *event.Log is one.
type EventLog interface {
	Append(tx *gorm.DB, evs ...event.Event) error
}

// Front is a fast cache before the database's: platform/cache. Its failures must look like a miss.
type Front interface {
	Get(ctx context.Context, key string) ([]byte, bool)
	Set(ctx context.Context, key string, value []byte, ttl time.Duration)
}

// SharedLimit is a limit that several processes share. Take asks for n of the at most limit units that key may spend
// in a minute and tells how long to wait before asking again, 0 when they were granted.
type SharedLimit interface {
	Take(ctx context.Context, key string, n, limit int) (wait time.Duration, err error)
}

// Deps is what a Client stands on. Front, Shared, Events and Log may be nil.
type Deps struct {
	Config Config
	DB     *db.DB
	Clock  clock.Clock
	HTTP   *http.Client // must let the host of Config.BaseURL pass, whatever network it is in
	Events EventLog
	Front  Front
	Shared SharedLimit
	Log    *slog.Logger
	// Allowed tells whether the workspace lets models be called at all; nil = always.
	Allowed func(ctx context.Context) (bool, error)
}

type batchKey struct{}

// WithBatch puts the batch whose budget the calls of ctx fall under into the context.
func WithBatch(ctx context.Context, batchID string) context.Context {
	return context.WithValue(ctx, batchKey{}, batchID)
}

// BatchOf is the batch of the context, "" when there is none.
func BatchOf(ctx context.Context) string {
	id, _ := ctx.Value(batchKey{}).(string)
	return id
}
