// Package llm is the analyzer that asks a language model. The model only claims: it never sees contact data, its
// instructions and the lead's text are kept apart, and what it says counts no further than its quotes stand literally
// in the lead's own fields, which the evidence check of package qualify decides. It knows no provider and no money.
package llm

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"

	"winnow/backend/internal/ai"
	"winnow/backend/internal/id"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify"
	"winnow/backend/internal/qualify/batch"
)

// PromptVersion changes with every change of the prompt, the schema or the reading of answers.
const PromptVersion = "q1"

// Bounds of one call.
const (
	maxTokens    = 1600 // of the answer
	expectTokens = 450
	maxContent   = 12_000 // code points of a lead's text that the model reads
	maxShort     = 300    // of each other field
)

// Model is the door to language models; *ai.Client is one.
type Model interface {
	Complete(ctx context.Context, call ai.Call) (ai.Result, error)
	Quote(ctx context.Context, call ai.Call) (ai.Quote, error)
	Pace(ctx context.Context, tokens int) (float64, error)
}

// Analyzer judges leads by a language model.
type Analyzer struct {
	model Model
	key   []byte

	mu    sync.Mutex
	texts map[string]texts // by the profile's checksum
}

// texts are what a profile alone decides of a call.
type texts struct {
	system string
	schema json.RawMessage
}

var (
	_ qualify.Analyzer = (*Analyzer)(nil)
	_ batch.Quoter     = (*Analyzer)(nil)
	_ batch.Gate       = (*Analyzer)(nil)
)

// New makes an analyzer. key is a secret of this installation (32 bytes): the marks around a lead's text come from it,
// so that nobody who writes such a text can know them. It must be the same in every process, or equal texts are not
// found in the cache.
func New(m Model, key []byte) *Analyzer {
	return &Analyzer{model: m, key: key, texts: map[string]texts{}}
}

// Name is llm.
func (*Analyzer) Name() string { return "llm" }

// Version is the version of the prompt.
func (*Analyzer) Version() string { return PromptVersion }

// Analyze judges one lead; the batch in ctx (ai.WithBatch) pays. A lead without text, or with nothing but orders to
// the reader, is judged without asking. Faults as qualify.Analyzer says, and Invalid when no model is set up.
func (a *Analyzer) Analyze(ctx context.Context, set *profile.Set, in qualify.Input) (qualify.Draft, error) {
	v := look(in)
	if d, ok := v.withoutAsking(); ok {
		return d, nil
	}
	call, err := a.call(set, in, v)
	if err != nil {
		return qualify.Draft{}, err
	}
	res, err := a.model.Complete(ctx, call)
	if err != nil {
		return qualify.Draft{}, err
	}
	ans, err := parse(res.JSON)
	if err != nil { // Complete has held it against the same check
		return qualify.Draft{}, err
	}
	d := ans.draft(v)
	d.Usage = qualify.Usage(res.Usage)
	return d, nil
}

// Allowed is the fault of a workspace that has switched models off, nil else.
func (a *Analyzer) Allowed(ctx context.Context) error {
	if g, ok := a.model.(batch.Gate); ok {
		return g.Allowed(ctx)
	}
	return nil
}

// Quote tells what Analyze would take, without asking anybody.
func (a *Analyzer) Quote(ctx context.Context, set *profile.Set, in qualify.Input) (batch.Quote, error) {
	v := look(in)
	if _, ok := v.withoutAsking(); ok {
		return batch.Quote{}, nil
	}
	call, err := a.call(set, in, v)
	if err != nil {
		return batch.Quote{}, err
	}
	q, err := a.model.Quote(ctx, call)
	if err != nil {
		return batch.Quote{}, err
	}
	return batch.Quote{TokensIn: q.TokensIn, TokensOut: q.TokensOut, CostMicros: q.CostMicros, Cached: q.Cached}, nil
}

// Pace is how many leads a second the rate limits allow for prompts of the usual length, 0 when it can't be told.
func (a *Analyzer) Pace() float64 {
	const usual = 2500 + maxTokens
	pace, err := a.model.Pace(context.Background(), usual)
	if err != nil {
		return 0
	}
	return pace
}

func (a *Analyzer) call(set *profile.Set, in qualify.Input, v view) (ai.Call, error) {
	if set == nil {
		return ai.Call{}, errors.New("llm: no profile")
	}
	t, err := a.textsOf(set)
	if err != nil {
		return ai.Call{}, err
	}
	c := ai.Call{
		Purpose: "qualify", PromptVersion: PromptVersion, System: t.system, User: userPrompt(v, a.mark(v, t.system)),
		SchemaName: "lead_analysis", Schema: t.schema, MaxTokens: maxTokens, ExpectTokens: expectTokens,
		Validate: func(b []byte) error { _, err := parse(b); return err },
	}
	if id.Valid(in.LeadID) {
		c.LeadID = in.LeadID
	}
	return c, nil
}

func (a *Analyzer) textsOf(set *profile.Set) (texts, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if t, ok := a.texts[set.Checksum]; ok && set.Checksum != "" {
		return t, nil
	}
	system, err := systemPrompt(set)
	if err != nil {
		return texts{}, err
	}
	schema, err := answerSchema(set)
	if err != nil {
		return texts{}, err
	}
	if len(a.texts) >= 16 {
		clear(a.texts)
	}
	t := texts{system, schema}
	a.texts[set.Checksum] = t
	return t, nil
}

// withoutAsking is the judgement of a lead that needs no model: without any word, or nothing but orders to the reader.
func (v view) withoutAsking() (qualify.Draft, bool) {
	content := v.fields[qualify.FieldContent]
	if wordy(content.stored) < 1 {
		return qualify.Draft{
			Evidence: qualify.EvidenceNone, Urgency: qualify.UrgencyNone, Authority: qualify.AuthorityNone, Fit: qualify.FitUnclear,
			Disqualifier: qualify.DisqEmpty, Language: "und", Reasoning: "There is no text to judge.",
		}, true
	}
	if len(content.orders) == 0 || wordy(content.seen) >= 20 {
		return qualify.Draft{}, false
	}
	first := content.orders[0]
	return qualify.Draft{
		Evidence: qualify.EvidenceNone, Urgency: qualify.UrgencyNone, Authority: qualify.AuthorityNone, Fit: qualify.FitUnclear,
		Disqualifier: qualify.DisqInjection, Language: "und", Reasoning: "The text only tries to give orders to an AI that reads it.",
		Claims: []qualify.Claim{{
			Part: qualify.PartDisqualifier, ID: qualify.DisqInjection, Field: qualify.FieldContent,
			Quote: strings.TrimSpace(string(content.stored[first.start:min(first.end, first.start+300)])), Start: first.start, End: -1,
		}},
	}, true
}
