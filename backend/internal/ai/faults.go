package ai

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	openai "github.com/sashabaranov/go-openai"

	"winnow/backend/internal/fault"
)

// codeMalformed is the one code of a model that gave no usable answer about this text: the next text may do better.
const codeMalformed = "ai_answer_malformed"

// verdict is what a reply means for the caller and for the money.
type verdict struct {
	err  error // nil: there are words to read; *malformed: worth one more question; else *fault.Error
	code string
	paid paid
}

// paid says whether the provider takes money for a reply.
type paid int

const (
	paidNothing paid = iota // refused or failed before any token was made
	paidUsage               // a whole reply with its own figures
	paidUnknown             // it may have worked for us and the reply got lost: counted at the worst case
)

// judge reads the meaning of a reply. Refusals (4xx) and a provider's own failures (500, 502, 503, 529) cost nothing;
// a gateway that gave up waiting (504), a hang, and a broken or oversized reply may have cost anything.
func judge(cfg Config, r reply, now time.Time) verdict {
	switch {
	case r.err == nil && r.finish == finishRefused, r.err == nil && r.finish == string(openai.FinishReasonContentFilter):
		return verdict{fault.New(fault.Invalid, codeMalformed, "The model refused to answer about this text; judge it by hand or with the built-in rules"), "refused", paidUsage}
	case r.err == nil:
		return verdict{code: "ok", paid: paidUsage}
	case r.status >= 200 && r.status < 300:
		return broken(r)
	case r.status >= 400:
		return refused(cfg, r, now)
	}
	return unreached(cfg, r)
}

// broken is a reply with status 200 that is no answer of the protocol.
func broken(r reply) verdict {
	if outOfTime(r.err) {
		return timedOut(r.err)
	}
	why := "the reply was not a complete answer of the API"
	if errors.Is(r.err, errReplyTooBig) {
		why = errReplyTooBig.Error()
	}
	return verdict{&malformed{why: why}, "broken_reply", paidUnknown}
}

func timedOut(err error) verdict {
	if errors.Is(err, context.Canceled) {
		return verdict{
			fault.Wrap(plain(err), fault.Unavailable, "ai_call_stopped", "The call was stopped before its answer came; it is counted at its worst case"),
			"stopped", paidUnknown,
		}
	}
	return verdict{
		fault.Wrap(plain(err), fault.Unavailable, "ai_timeout", "The model did not answer in time; it is tried again later, or choose a faster model"),
		"timeout", paidUnknown,
	}
}

// outOfTime reports whether we, not the provider, ended the call.
func outOfTime(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return true
	}
	n, ok := errors.AsType[net.Error](err)
	return ok && n.Timeout()
}

// unreached is a request that got no status at all.
func unreached(cfg Config, r reply) verdict {
	if errors.Is(r.err, errRedirect) {
		return verdict{fault.New(fault.Invalid, "ai_base_url_redirects", "The model's address redirects elsewhere; set WINNOW_AI_BASE_URL to the final address"), "redirect", paidNothing}
	}
	if outOfTime(r.err) {
		v := timedOut(r.err)
		if !r.sent {
			v.paid = paidNothing
		}
		return v
	}
	v := verdict{
		fault.Wrap(plain(r.err), fault.Unavailable, "ai_unreachable", "The model at "+cfg.Host()+" cannot be reached; check WINNOW_AI_BASE_URL and that the server runs"),
		"unreachable", paidNothing,
	}
	if r.sent {
		v.code, v.paid = "connection_lost", paidUnknown
	}
	return v
}

// refused maps HTTP errors.
func refused(cfg Config, r reply, now time.Time) verdict {
	text := errorText(r.err)
	said := ""
	if text != "" {
		said = " The provider says: " + clean(cfg, text)
	}
	invalid := func(code, msg string) verdict {
		return verdict{fault.New(fault.Invalid, code, msg+said), code, paidNothing}
	}
	lower := strings.ToLower(text + " " + errorCode(r.err))
	switch s := r.status; {
	case s == http.StatusUnauthorized, s == http.StatusForbidden:
		return invalid("ai_key_refused", fmt.Sprintf("The model provider %s refused the key (%d). Check WINNOW_AI_API_KEY, and that this key may use the model in WINNOW_AI_MODEL.", cfg.Host(), s))
	case s == http.StatusPaymentRequired, strings.Contains(lower, "insufficient_quota"):
		return invalid("ai_credit_exhausted", "The account at the model provider has no credit left. Top it up there, then retry.")
	case s == http.StatusNotFound:
		return invalid("ai_model_not_found", "The model provider does not know this model or address (404). Check WINNOW_AI_MODEL and WINNOW_AI_BASE_URL (it usually ends in /v1).")
	case s == http.StatusTooManyRequests:
		e := fault.New(fault.RateLimited, "ai_rate_limited", "The model provider asks to slow down; it is tried again when it allows")
		e.RetryAfter = pauseOf(r.header, now, 20*time.Second)
		return verdict{e, "rate_limited", paidNothing}
	case strings.Contains(lower, "context_length") || strings.Contains(lower, "maximum context"):
		return verdict{fault.New(fault.TooLarge, "ai_text_too_long", "The text is longer than the model can read; choose a model with a larger context."+said), "too_long", paidNothing}
	case s >= 500:
		e := fault.New(fault.Unavailable, "ai_provider_failed", fmt.Sprintf("The model provider failed (%d); it is tried again later", s))
		e.RetryAfter = pauseOf(r.header, now, 0)
		v := verdict{e, "provider_" + strconv.Itoa(s), paidNothing}
		if s == http.StatusGatewayTimeout {
			v.paid = paidUnknown
		}
		return v
	}
	return invalid("ai_request_refused", fmt.Sprintf("The model provider refused the request (%d). Check the model's name and what it supports.", r.status))
}

// errorText is the message of a provider's error, "" for a body that is none (an HTML page).
func errorText(err error) string {
	if e, ok := errors.AsType[*openai.APIError](err); ok {
		return e.Message
	}
	if e, ok := errors.AsType[*openai.RequestError](err); ok && len(e.Body) > 0 && len(e.Body) < 2000 && !strings.Contains(string(e.Body), "<") {
		return string(e.Body)
	}
	return ""
}

func errorCode(err error) string {
	if e, ok := errors.AsType[*openai.APIError](err); ok {
		return fmt.Sprint(e.Code, " ", e.Type)
	}
	return ""
}

// clean makes a provider's words fit to be shown: short, one line, and without the key that some echo.
func clean(cfg Config, s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if key := cfg.APIKey.Reveal(); key != "" {
		s = strings.ReplaceAll(s, key, "[secret]")
		if len(key) > 12 {
			s = strings.ReplaceAll(s, key[:8], "[secret]")
			s = strings.ReplaceAll(s, key[len(key)-6:], "[secret]")
		}
	}
	return cut(s, 200)
}

// plain keeps of a transport error what may be logged: net/http puts the whole URL in front of it.
func plain(err error) error {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err
		}
		err = next
	}
}
