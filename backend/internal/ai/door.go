package ai

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync"
	"sync/atomic"

	openai "github.com/sashabaranov/go-openai"
)

// maxReply bounds what is read of a reply; an honest one has a few kilobytes.
const maxReply = 1 << 20

var (
	errReplyTooBig = errors.New("the reply is longer than 1 MiB")
	errRedirect    = errors.New("the provider redirects; the key is not sent elsewhere")
)

// turn is one message of a conversation.
type turn struct{ role, text string }

// reply is what came back, however broken.
type reply struct {
	status    int // HTTP status, 0 when nothing came
	header    http.Header
	words     string
	finish    string
	tokensIn  int // as the provider says
	tokensOut int
	err       error
	sent      bool // the request left this machine whole, so it may have been paid for
}

// door speaks the OpenAI protocol. It learns what a provider's model does not take and leaves that out from then on.
type door struct {
	http   *http.Client
	mu     sync.Mutex
	habits map[string]habit // by base URL and model
}

// habit is how a model wants to be asked.
type habit struct {
	format        openai.ChatCompletionResponseFormatType
	maxCompletion bool // max_completion_tokens instead of max_tokens
	noTemperature bool
	effort        string // of reasoning models; "" = not said
	tell          bool   // the schema has to stand in the prompt: the API takes none, or takes it and ignores it
}

func newDoor(c *http.Client) *door {
	if c == nil {
		c = http.DefaultClient
	}
	own := *c
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return errRedirect }
	return &door{http: &own, habits: map[string]habit{}}
}

func (d *door) habit(key, model string) habit {
	d.mu.Lock()
	defer d.mu.Unlock()
	if h, ok := d.habits[key]; ok {
		return h
	}
	h := habit{format: openai.ChatCompletionResponseFormatTypeJSONSchema}
	if reasons(model) {
		h.maxCompletion, h.noTemperature, h.effort = true, true, openai.ReasoningEffortLow
	}
	return h
}

// tells reports whether the schema is put into the prompt for this model.
func (d *door) tells(cfg Config, model string) bool { return d.habit(habitKey(cfg, model), model).tell }

// tell puts the schema into the prompt from now on.
func (d *door) tell(cfg Config, model string) {
	key := habitKey(cfg, model)
	h := d.habit(key, model)
	h.tell = true
	d.mu.Lock()
	defer d.mu.Unlock()
	d.habits[key] = h
}

func habitKey(cfg Config, model string) string { return cfg.BaseURL + "\n" + model }

// schemaNote is what stands in the prompt for models that are given no schema otherwise.
func schemaNote(schema json.RawMessage) string {
	return "\n\nAnswer with one JSON object and nothing else. It must fit this JSON Schema:\n" + string(schema)
}

// reasons reports whether the model is one of OpenAI's reasoning family, which takes other parameters.
func reasons(model string) bool {
	for _, prefix := range []string{"o1", "o3", "o4", "gpt-5", "gpt-6"} {
		if strings.HasPrefix(model, prefix) {
			return true
		}
	}
	return false
}

// question is a chat request in our own words.
type question struct {
	model     string
	turns     []turn
	name      string
	schema    json.RawMessage
	maxTokens int
}

// ask sends a question. A 400 that names a parameter of ours is answered by asking again without it (providers take
// no money for a 400), a few times at most.
func (d *door) ask(ctx context.Context, cfg Config, q question) reply {
	key := habitKey(cfg, q.model)
	var r reply
	for range 5 {
		h := d.habit(key, q.model)
		r = d.once(ctx, cfg, request(q, h))
		next, ok := adapt(h, r)
		if !ok {
			return r
		}
		d.mu.Lock()
		d.habits[key] = next
		d.mu.Unlock()
	}
	return r
}

func request(q question, h habit) openai.ChatCompletionRequest {
	req := openai.ChatCompletionRequest{Model: q.model}
	for i, t := range q.turns {
		if i == 0 && h.tell {
			t.text += schemaNote(q.schema)
		}
		req.Messages = append(req.Messages, openai.ChatCompletionMessage{Role: t.role, Content: t.text})
	}
	req.ReasoningEffort = h.effort
	if h.maxCompletion {
		req.MaxCompletionTokens = q.maxTokens
	} else {
		req.MaxTokens = q.maxTokens //nolint:staticcheck // local servers know no other
	}
	if !h.noTemperature {
		req.Temperature = 1e-6 // 0 would be left out
	}
	switch h.format {
	case openai.ChatCompletionResponseFormatTypeJSONSchema:
		req.ResponseFormat = &openai.ChatCompletionResponseFormat{
			Type:       h.format,
			JSONSchema: &openai.ChatCompletionResponseFormatJSONSchema{Name: q.name, Schema: q.schema, Strict: true},
		}
	case openai.ChatCompletionResponseFormatTypeJSONObject:
		req.ResponseFormat = &openai.ChatCompletionResponseFormat{Type: h.format}
	case openai.ChatCompletionResponseFormatTypeText: // the default
	}
	return req
}

// adapt is the next habit after a reply that refused a parameter.
func adapt(h habit, r reply) (habit, bool) {
	if r.status != http.StatusBadRequest && r.status != http.StatusUnprocessableEntity {
		return h, false
	}
	text := strings.ToLower(errorText(r.err))
	switch {
	case strings.Contains(text, "response_format") || strings.Contains(text, "json_schema") || strings.Contains(text, "json_object"):
		switch h.format {
		case openai.ChatCompletionResponseFormatTypeJSONSchema:
			h.format, h.tell = openai.ChatCompletionResponseFormatTypeJSONObject, true
			return h, true
		case openai.ChatCompletionResponseFormatTypeJSONObject:
			h.format = openai.ChatCompletionResponseFormatTypeText
			return h, true
		case openai.ChatCompletionResponseFormatTypeText: // nothing left to leave out
		}
	case strings.Contains(text, "max_completion_tokens") && !h.maxCompletion,
		strings.Contains(text, "max_tokens") && !h.maxCompletion:
		h.maxCompletion = true
		return h, true
	case strings.Contains(text, "max_completion_tokens") && h.maxCompletion:
		h.maxCompletion = false
		return h, true
	case strings.Contains(text, "reasoning_effort") && h.effort != "":
		h.effort = ""
		return h, true
	case strings.Contains(text, "temperature") && !h.noTemperature:
		h.noTemperature = true
		return h, true
	}
	return h, false
}

// once makes one HTTP request.
func (d *door) once(ctx context.Context, cfg Config, req openai.ChatCompletionRequest) reply {
	var r reply
	var sent atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteRequest: func(i httptrace.WroteRequestInfo) {
			if i.Err == nil {
				sent.Store(true)
			}
		},
	})
	oc := openai.DefaultConfig(cfg.APIKey.Reveal())
	oc.BaseURL = strings.TrimRight(cfg.BaseURL, "/")
	oc.HTTPClient = doer(func(hr *http.Request) (*http.Response, error) {
		if cfg.APIKey == "" {
			hr.Header.Del("Authorization")
		}
		res, err := d.http.Do(hr) //nolint:gosec // the operator named the host; d.http is the guarded client
		if err != nil {
			return nil, err
		}
		r.status, r.header = res.StatusCode, res.Header
		res.Body = &capped{ReadCloser: res.Body, left: maxReply}
		return res, nil
	})
	res, err := openai.NewClientWithConfig(oc).CreateChatCompletion(ctx, req)
	r.err, r.sent = err, sent.Load() || r.status != 0
	if err != nil {
		return r
	}
	r.tokensIn, r.tokensOut = res.Usage.PromptTokens, res.Usage.CompletionTokens
	if len(res.Choices) > 0 {
		r.words, r.finish = res.Choices[0].Message.Content, string(res.Choices[0].FinishReason)
		if refusal := res.Choices[0].Message.Refusal; refusal != "" && r.words == "" {
			r.finish = finishRefused
		}
	}
	return r
}

// finishRefused stands for a model that says no.
const finishRefused = "refusal"

type doer func(*http.Request) (*http.Response, error)

// Do makes a doer an openai.HTTPDoer.
func (f doer) Do(r *http.Request) (*http.Response, error) { return f(r) }

// capped is a body that fails after so many bytes.
type capped struct {
	io.ReadCloser
	left int
}

func (c *capped) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, errReplyTooBig
	}
	if len(p) > c.left {
		p = p[:c.left]
	}
	n, err := c.ReadCloser.Read(p)
	c.left -= n
	return n, err
}
