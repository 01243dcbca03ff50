package fakeai

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"
)

type wireRequest struct {
	Model    string `json:"model"`
	Messages []struct {
		Role    string `json:"role"`
		Content string `json:"content"`
	} `json:"messages"`
	MaxTokens           int `json:"max_tokens"`
	MaxCompletionTokens int `json:"max_completion_tokens"`
	ResponseFormat      *struct {
		Type       string `json:"type"`
		JSONSchema *struct {
			Name   string          `json:"name"`
			Strict bool            `json:"strict"`
			Schema json.RawMessage `json:"schema"`
		} `json:"json_schema"`
	} `json:"response_format"`
}

func parse(body []byte) (Request, error) {
	var w wireRequest
	if err := json.Unmarshal(body, &w); err != nil {
		return Request{}, fmt.Errorf("the body is not JSON: %w", err)
	}
	if w.Model == "" || len(w.Messages) == 0 {
		return Request{}, errors.New("you must provide a model and messages")
	}
	r := Request{Model: w.Model, Turns: len(w.Messages), MaxTokens: max(w.MaxTokens, w.MaxCompletionTokens), Body: body}
	if r.MaxTokens == 0 {
		r.MaxTokens = 1 << 20
	}
	for _, m := range w.Messages {
		switch {
		case m.Role == "system" && r.System == "":
			r.System = m.Content
		case m.Role == "user" && r.User == "":
			r.User = m.Content
		}
	}
	if f := w.ResponseFormat; f != nil && f.JSONSchema != nil {
		r.SchemaName, r.Schema = f.JSONSchema.Name, f.JSONSchema.Schema
	}
	return r, nil
}

func fail(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"error": map[string]any{"message": message, "type": code, "code": code}})
}

// play is one request being answered.
type play struct {
	fake                *Fake
	r                   Request
	words               string
	tokensIn, tokensOut int
	usage               any // instead of the true figures
	finish              string
	w                   http.ResponseWriter
	hr                  *http.Request
}

// wait pauses; false when the client went away or the fake closes.
func (p *play) wait(d time.Duration) bool {
	if d <= 0 {
		return true
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-p.hr.Context().Done():
		return false
	case <-p.fake.done:
		return false
	}
}

// envelope is a whole answer of the protocol.
func (p *play) envelope() []byte {
	usage := p.usage
	if usage == nil {
		usage = map[string]int{"prompt_tokens": p.tokensIn, "completion_tokens": p.tokensOut, "total_tokens": p.tokensIn + p.tokensOut}
	}
	finish := p.finish
	if finish == "" {
		finish = "stop"
	}
	out, err := json.Marshal(map[string]any{
		"id": "chatcmpl-fake", "object": "chat.completion", "created": 1, "model": p.r.Model, "usage": usage,
		"choices": []any{map[string]any{
			"index": 0, "finish_reason": finish, "message": map[string]any{"role": "assistant", "content": p.words},
		}},
	})
	if err != nil {
		panic(err)
	}
	return out
}

func (p *play) send(body []byte) {
	p.w.Header().Set("Content-Type", "application/json")
	_, _ = p.w.Write(body)
}
