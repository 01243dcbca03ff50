package fakeai

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Step is what one request gets.
type Step struct {
	Name    string
	Paid    bool // a real provider would charge for it
	answers bool // needs the model's words
	wait    time.Duration
	before  func(*play) // before the log entry is written
	do      func(*play)
}

// OK is a good answer.
func OK() Step {
	return Step{Name: "ok", Paid: true, answers: true, do: func(p *play) { p.send(p.envelope()) }}
}

// Slow is a good answer after d.
func Slow(d time.Duration) Step {
	s := OK()
	s.Name, s.wait = "slow", d
	return s
}

// Says answers with these words, whatever was asked.
func Says(words string) Step {
	return Step{Name: "says", Paid: true, before: func(p *play) {
		p.words, p.tokensOut = words, min(tokens(words), p.r.MaxTokens)
	}, do: func(p *play) { p.send(p.envelope()) }}
}

// Status fails with an HTTP status and an error in the API's form.
func Status(code int, errorCode, message string) Step {
	return Step{Name: strconv.Itoa(code), do: func(p *play) { fail(p.w, code, errorCode, message) }}
}

// Limited is a 429 with the headers of a used-up limit. retryAfter "" leaves Retry-After out.
func Limited(retryAfter, reset string) Step {
	return Step{Name: "429", do: func(p *play) {
		h := p.w.Header()
		if retryAfter != "" {
			h.Set("Retry-After", retryAfter)
		}
		h.Set("X-Ratelimit-Limit-Requests", "60")
		h.Set("X-Ratelimit-Remaining-Requests", "0")
		h.Set("X-Ratelimit-Reset-Requests", reset)
		fail(p.w, http.StatusTooManyRequests, "rate_limit_exceeded", "Rate limit reached for requests")
	}}
}

// LastOne is a good answer whose headers say that nothing is left until reset (a duration such as "1s").
func LastOne(reset string) Step {
	return Step{Name: "last_one", Paid: true, answers: true, do: func(p *play) {
		p.w.Header().Set("X-Ratelimit-Remaining-Requests", "0")
		p.w.Header().Set("X-Ratelimit-Reset-Requests", reset)
		p.send(p.envelope())
	}}
}

// HTML502 is a gateway's page.
func HTML502() Step {
	return Step{Name: "502", do: func(p *play) {
		p.w.Header().Set("Content-Type", "text/html")
		p.w.WriteHeader(http.StatusBadGateway)
		_, _ = p.w.Write([]byte("<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>"))
	}}
}

// Hang never answers; the model works all the same.
func Hang() Step {
	return Step{Name: "hang", Paid: true, answers: true, do: func(p *play) { p.wait(time.Hour) }}
}

// Nothing closes the connection without a byte.
func Nothing() Step {
	return Step{Name: "nothing", Paid: true, answers: true, do: func(*play) { panic(http.ErrAbortHandler) }}
}

// NoBody is a 200 without a body.
func NoBody() Step {
	return Step{Name: "no_body", Paid: true, answers: true, do: func(p *play) { p.send(nil) }}
}

// Garbage is a 200 that is no JSON.
func Garbage() Step {
	return Step{Name: "garbage", Paid: true, answers: true, do: func(p *play) { p.send([]byte("\x00\xff}{ not json <<<")) }}
}

// HalfReply is an answer of the protocol that ends in its middle.
func HalfReply() Step {
	return Step{Name: "half_reply", Paid: true, answers: true, do: func(p *play) {
		whole := p.envelope()
		p.send(whole[:len(whole)/2])
	}}
}

// HalfJSON is a whole answer of the protocol whose words end in their middle.
func HalfJSON() Step {
	return Step{Name: "half_json", Paid: true, answers: true, before: func(p *play) {
		p.words, p.finish = p.words[:len(p.words)/2], "length"
		p.tokensOut = min(tokens(p.words), p.r.MaxTokens)
	}, do: func(p *play) { p.send(p.envelope()) }}
}

// Big is an answer of 5 MB, as expensive as allowed.
func Big() Step {
	return Step{Name: "big", Paid: true, before: func(p *play) {
		p.words, p.tokensOut = strings.Repeat("all work and no play ", 5<<20/21), p.r.MaxTokens
	}, do: func(p *play) { p.send(p.envelope()) }}
}

// Longest is a good answer that is charged as if it were as long as allowed.
func Longest() Step {
	return Step{Name: "longest", Paid: true, answers: true, before: func(p *play) { p.tokensOut = p.r.MaxTokens }, do: func(p *play) { p.send(p.envelope()) }}
}

// Usage is a good answer with these figures in its usage, which need not be true.
func Usage(promptTokens, completionTokens int) Step {
	return Step{Name: "wrong_usage", Paid: true, answers: true, do: func(p *play) {
		p.usage = map[string]int{"prompt_tokens": promptTokens, "completion_tokens": completionTokens}
		p.send(p.envelope())
	}}
}

// SSECut is a stream of events, though none was asked for, that breaks off.
func SSECut() Step {
	return Step{Name: "sse_cut", Paid: true, answers: true, do: func(p *play) {
		p.w.Header().Set("Content-Type", "text/event-stream")
		var b bytes.Buffer
		for i := range 3 {
			fmt.Fprintf(&b, "data: {\"choices\":[{\"delta\":{\"content\":\"part %d\"}}]}\n\n", i)
		}
		_, _ = p.w.Write(b.Bytes())
		if f, ok := p.w.(http.Flusher); ok {
			f.Flush()
		}
		panic(http.ErrAbortHandler)
	}}
}

// Refuses is a model that says no.
func Refuses() Step {
	return Step{Name: "refuses", Paid: true, before: func(p *play) { p.finish = "content_filter" }, do: func(p *play) { p.send(p.envelope()) }}
}
