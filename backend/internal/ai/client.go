package ai

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	openai "github.com/sashabaranov/go-openai"
	"gorm.io/gorm"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
)

// Client asks models. Make one for the process with New; safe for concurrent use.
type Client struct {
	settings *settings
	ledger   *Ledger
	answers  *answers
	limiter  *limiter
	door     *door
	counter  *counter
	schemas  *schemas
	flights  *flights
	clock    clock.Clock
	log      *slog.Logger
	allowed  func(ctx context.Context) (bool, error)
}

// New makes a client. It opens no connection and needs no model to be configured.
func New(d Deps) *Client {
	log := d.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	cfg := d.Config.withDefaults()
	return &Client{
		settings: &settings{base: cfg, db: d.DB, clock: d.Clock},
		ledger:   NewLedger(d.DB, d.Clock, d.Events, cfg.Currency, log),
		answers:  &answers{db: d.DB, clock: d.Clock, front: d.Front, log: log},
		limiter:  newLimiter(d.Clock, d.Shared, cfg.Concurrency, log),
		door:     newDoor(d.HTTP),
		counter:  newCounter(),
		schemas:  newSchemas(),
		flights:  newFlights(),
		clock:    d.Clock,
		log:      log,
		allowed:  d.Allowed,
	}
}

// Ledger is the ledger that the client pays from; other paid calls go through it too.
func (c *Client) Ledger() *Ledger { return c.ledger }

// Config is the model's configuration as it stands, overrides included.
func (c *Client) Config(ctx context.Context) (Config, error) { return c.settings.current(ctx) }

// Override replaces the settings that an admin may change; what o leaves nil is the operator's again. userID may be "".
func (c *Client) Override(ctx context.Context, o Overrides, userID string) (Config, error) {
	if err := c.settings.change(ctx, o, userID); err != nil {
		return Config{}, err
	}
	return c.settings.current(ctx)
}

// Recover gives up the calls of dead processes; see Ledger.Recover.
func (c *Client) Recover(ctx context.Context) (int, error) { return c.ledger.Recover(ctx) }

// Sweep deletes a bounded number of expired answers and tells how many.
func (c *Client) Sweep(ctx context.Context) (int64, error) { return c.answers.sweep(ctx) }

// roomToThink is how many tokens more a reasoning model may use: its thoughts count as output.
const roomToThink = 2400

// prepared is a call made ready: defaults filled in, schema compiled, cache key known.
type prepared struct {
	Call
	cfg    Config
	schema *schema
	key    string
}

func (c *Client) prepare(ctx context.Context, call Call) (prepared, error) {
	cfg, err := c.settings.current(ctx)
	if err != nil {
		return prepared{}, err
	}
	if call.Model == "" {
		call.Model = cfg.Model
	}
	if cfg.BaseURL == "" || call.Model == "" {
		return prepared{}, fault.New(fault.Invalid, "ai_not_configured", "No language model is set up. Set WINNOW_AI_BASE_URL and WINNOW_AI_MODEL (and WINNOW_AI_API_KEY if it needs one), or use the built-in rules.")
	}
	if err := c.Allowed(ctx); err != nil {
		return prepared{}, err
	}
	if call.MaxTokens <= 0 {
		call.MaxTokens = DefaultMaxTokens
	}
	if reasons(call.Model) {
		call.MaxTokens += roomToThink
		call.ExpectTokens += roomToThink / 8
	}
	if call.BatchID == "" {
		call.BatchID = BatchOf(ctx)
	}
	s, err := c.schemas.get(call.Schema)
	if err != nil {
		return prepared{}, err
	}
	return prepared{Call: call, cfg: cfg, schema: s, key: keyOf(cfg, call)}, nil
}

// Complete answers a call: from the cache for nothing, else from the model after its worst-case cost was reserved. An
// answer that does not fit is asked for once more. The answer is cached in the transaction that settles its call, so
// a caller that is killed and comes again never pays for it twice. When ctx ends during a call its money is gone: to
// stop a batch, stop making calls and let those under way finish.
//
// Faults: Invalid with code ai_answer_malformed (no usable answer about this text; another may do better), any other
// Invalid (ai_not_configured, ai_key_refused, ai_model_not_found …: every call would fail until a person mends the
// settings), TooLarge (the text is longer than the model reads), BudgetExceeded, RateLimited and Unavailable (ask again after RetryAfter).
func (c *Client) Complete(ctx context.Context, call Call) (Result, error) {
	p, err := c.prepare(ctx, call)
	if err != nil {
		return Result{}, err
	}
	unlock, err := c.flights.lock(ctx, p.key)
	if err != nil {
		return Result{}, err
	}
	defer unlock()
	if kept, ok := c.answers.get(ctx, p.key); ok {
		if answer, err := read(string(kept), p.schema, p.Validate); err == nil {
			return Result{JSON: answer, Usage: Usage{Model: p.Model, Cached: true}}, nil
		}
	}
	turns := []turn{{openai.ChatMessageRoleSystem, p.System}, {openai.ChatMessageRoleUser, p.User}}
	result, err := c.ask(ctx, p, turns, 1)
	bad, ok := errors.AsType[*malformed](err)
	if !ok {
		return result, err
	}
	again, err := c.ask(ctx, p, append(turns, repair(bad, p.schema)...), 2)
	if err == nil && bad.answer != "" && !bad.cut {
		c.door.tell(p.cfg, p.Model) // it needed to read the schema
	}
	again.Usage = sum(result.Usage, again.Usage)
	if bad, ok := errors.AsType[*malformed](err); ok {
		return again, fault.Newf(fault.Invalid, codeMalformed,
			"The model's answer could not be used, twice: %s. Retry it, or choose another model.", bad.why)
	}
	return again, err
}

// repair is what is said to a model whose answer did not fit.
func repair(bad *malformed, s *schema) []turn {
	if bad.answer == "" {
		return nil // nothing to talk about: the same question again
	}
	return []turn{
		{openai.ChatMessageRoleAssistant, cut(bad.answer, 4000)},
		{openai.ChatMessageRoleUser, "That answer was not accepted: " + bad.why + ". Answer the first message again." + schemaNote(s.wire)},
	}
}

func sum(a, b Usage) Usage {
	if b.Model == "" {
		b.Model = a.Model
	}
	b.TokensIn += a.TokensIn
	b.TokensOut += a.TokensOut
	b.CostMicros += a.CostMicros
	return b
}

// ask makes a call, and again when the provider only asks to slow down for a time that the call can wait: that costs
// nothing.
func (c *Client) ask(ctx context.Context, p prepared, turns []turn, attempt int) (Result, error) {
	for waited := time.Duration(0); ; {
		res, err := c.askOnce(ctx, p, turns, attempt)
		f, ok := errors.AsType[*fault.Error](err)
		if !ok || f.Kind != fault.RateLimited {
			return res, err
		}
		if waited += max(f.RetryAfter, time.Second); waited > p.cfg.PatientFor {
			return res, err
		}
	}
}

// askOnce makes one paid call: wait for its turn, reserve, ask, settle. A *malformed error has been paid for; its usage is
// in the result.
func (c *Client) askOnce(ctx context.Context, p prepared, turns []turn, attempt int) (Result, error) {
	rest := make([]string, 0, len(turns))
	for _, t := range turns[1:] {
		rest = append(rest, t.text)
	}
	system := p.System
	if c.door.tells(p.cfg, p.Model) {
		system += schemaNote(p.schema.wire)
	}
	in, err := c.counter.measure(p.Model, system, string(p.schema.wire), rest...)
	if err != nil {
		return Result{}, err
	}
	leave, err := c.limiter.enter(ctx, p.cfg, in.tokens+p.MaxTokens)
	if err != nil {
		return Result{}, err
	}
	defer leave()
	r := Reservation{
		CallID: id.New(), Purpose: p.Purpose, LeadID: p.LeadID, BatchID: p.BatchID, Provider: p.cfg.Host(), Model: p.Model,
		PromptVersion: p.PromptVersion, Attempt: attempt, Micros: p.cfg.Cost(in.most, p.MaxTokens), Lease: p.cfg.Timeout + settleWithin,
	}
	if err := c.ledger.ReservePatiently(ctx, r, p.cfg.PatientFor); err != nil {
		return Result{}, err
	}
	start := c.clock.Now()
	rep := c.question(ctx, p, turns)
	c.limiter.learn(rep)
	v := judge(p.cfg, rep, c.clock.Now())
	if fault.Is(v.err, fault.RateLimited) {
		c.limiter.pause(pauseOf(rep.header, c.clock.Now(), 20*time.Second))
	}
	return c.finish(ctx, p, r, in, rep, v, c.clock.Now().Sub(start))
}

func (c *Client) question(ctx context.Context, p prepared, turns []turn) reply {
	ctx, cancel := context.WithTimeout(ctx, p.cfg.Timeout)
	defer cancel()
	name := p.SchemaName
	if name == "" {
		name = "answer"
	}
	return c.door.ask(ctx, p.cfg, question{model: p.Model, turns: turns, name: name, schema: p.schema.wire, maxTokens: p.MaxTokens})
}

// settleWithin is how long a database may take to book a call; then Recover has to do it.
const settleWithin = 2 * time.Minute

// finish reads the answer, settles the call and keeps the answer, whatever happens to ctx.
func (c *Client) finish(ctx context.Context, p prepared, r Reservation, in size, rep reply, v verdict, took time.Duration) (Result, error) {
	var answer []byte
	if v.err == nil {
		if answer, v.err = read(rep.words, p.schema, p.Validate); v.err != nil {
			v.code = "malformed"
			if rep.finish == string(openai.FinishReasonLength) {
				v.err = &malformed{why: "the answer is longer than allowed and was cut off; be brief", answer: rep.words, cut: true}
			}
		}
	}
	usage, doubted := c.usage(p, in, rep, v.paid)
	s := Settlement{State: stateDone, Outcome: v.code, Micros: usage.CostMicros, TokensIn: usage.TokensIn, TokensOut: usage.TokensOut, Latency: took}
	switch {
	case v.paid == paidUnknown:
		s.State, s.Micros = stateUnknown, r.Micros
		usage.CostMicros = r.Micros
	case v.err != nil:
		s.State = stateFailed
	case doubted:
		s.Outcome = "ok_usage_doubted"
	}
	if v.err != nil {
		s.Err = cut(v.err.Error(), 500)
	}
	var keep func(tx *gorm.DB) error
	ttl := ttlOf(p.cfg, p.Call)
	if v.err == nil {
		keep = func(tx *gorm.DB) error {
			return c.answers.put(tx, p.key, p.Model, answer, usage.TokensIn, usage.TokensOut, ttl)
		}
	}
	safe, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleWithin)
	defer cancel()
	if err := c.ledger.Settle(safe, r.CallID, s, keep); err != nil {
		return Result{Usage: usage}, err
	}
	if v.err != nil {
		return Result{Usage: usage}, v.err
	}
	c.answers.remember(safe, p.key, answer, ttl)
	return Result{JSON: json.RawMessage(answer), Usage: usage}, nil
}

// usage is what a call took: by the provider's figures where they can be true, else by our own count.
func (c *Client) usage(p prepared, in size, rep reply, how paid) (u Usage, doubted bool) {
	u = Usage{Model: p.Model}
	if how == paidNothing {
		return u, false
	}
	u.TokensIn, u.TokensOut = rep.tokensIn, rep.tokensOut
	if u.TokensIn <= 0 || u.TokensIn > in.most {
		u.TokensIn, doubted = in.tokens, true
	}
	if u.TokensOut <= 0 || u.TokensOut > p.MaxTokens {
		n, err := c.counter.count(rep.words)
		if err != nil {
			n = p.MaxTokens
		}
		u.TokensOut, doubted = min(n, p.MaxTokens), true
	}
	u.CostMicros = p.cfg.Cost(u.TokensIn, u.TokensOut)
	return u, doubted
}
