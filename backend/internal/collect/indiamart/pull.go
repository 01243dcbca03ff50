package indiamart

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"winnow/backend/internal/collect"
	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/fault"
)

// PullAddress is where the Lead Manager's Pull API (v2) answers.
const PullAddress = "https://mapi.indiamart.com/wservce/crm/crmListing/v2/"

// What the API allows.
const (
	between = 6 * time.Minute      // two calls of one key; it asks for five
	slice   = 7 * 24 * time.Hour   // one call's longest time
	farBack = 365 * 24 * time.Hour // how far back it goes
	overlap = 30 * time.Minute     // asked for again: an enquiry may be shown later than it is dated
)

// Client sends requests (platform/webclient).
type Client interface {
	Do(req *http.Request) (*http.Response, error)
}

// Pull brings enquiries by the Pull API.
type Pull struct {
	client  Client
	address string
}

// NewPull makes the connector; address is PullAddress outside of tests.
func NewPull(c Client, address string) *Pull { return &Pull{c, address} }

// Kind describes the connector.
func (*Pull) Kind() collect.Kind {
	return collect.Kind{
		Name: "indiamart", Title: "IndiaMART enquiries", Every: 10 * time.Minute, Least: between,
		About: "Brings the enquiries, calls and buy leads of your IndiaMART Lead Manager. Needs a paid seller account and its CRM key.",
		Schema: json.RawMessage(`{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","required":["key"],"additionalProperties":false,"properties":{
			"key":{"type":"string","title":"CRM key","description":"Lead Manager → CRM integration → Pull API. A new key ends the old one.","format":"password","minLength":6,"maxLength":200},
			"days":{"type":"integer","title":"Days to look back at first","description":"Each week takes one call, and calls are six minutes apart: a year takes over five hours.","minimum":1,"maximum":365,"default":7}}}`),
	}
}

type pullConfig struct {
	Key  string `json:"key"`
	Days int    `json:"days"`
}

// until is how far a run, or the last one, has come.
type until struct {
	Until time.Time `json:"until"`
}

// Step asks for the enquiries of one week at most.
func (p *Pull) Step(ctx context.Context, c collect.Call) (collect.Step, error) {
	var cfg pullConfig
	if err := json.Unmarshal(c.Config, &cfg); err != nil {
		return collect.Step{}, fmt.Errorf("settings of IndiaMART: %w", err)
	}
	from, to, err := window(c, cfg)
	if err != nil {
		return collect.Step{}, err
	}
	body, err := p.ask(ctx, cfg.Key, from, to)
	if err != nil {
		return collect.Step{}, err
	}
	if t := TroubleOf(body); t != nil {
		if err := t.fault(); err != nil {
			return collect.Step{}, err
		}
	}
	r := ParseLeads(page.Document{URL: PullAddress, Type: "application/json", Body: body})
	st := collect.Step{Finds: r.Finds, Notes: r.Notes, Raw: r.Raw, Changed: r.Changed || len(r.Raw) > 0, Pages: 1, Bytes: int64(len(body))}
	at, err := json.Marshal(until{to})
	if err != nil {
		return collect.Step{}, fmt.Errorf("the place of a run: %w", err)
	}
	if st.Cursor = at; to.Before(c.Now) && !c.Trial {
		st.Wait = between
		return st, nil
	}
	st.Keep, st.Done = at, true
	return st, nil
}

// window is the time that the step asks for.
func window(c collect.Call, cfg pullConfig) (from, to time.Time, err error) {
	if cfg.Days == 0 {
		cfg.Days = 7
	}
	now := c.Now.In(IST()).Truncate(time.Second)
	if c.Trial {
		return now.Add(-24 * time.Hour), now, nil
	}
	var at until
	from = now.Add(-time.Duration(cfg.Days) * 24 * time.Hour)
	for _, place := range []json.RawMessage{c.Kept, c.Cursor} { // the cursor of this run is the later one
		if len(place) == 0 || string(place) == "null" {
			continue
		}
		if err := json.Unmarshal(place, &at); err != nil {
			return from, to, fmt.Errorf("the place of a run: %w", err)
		}
		from = at.Until.In(IST())
	}
	if !at.Until.IsZero() {
		from = from.Add(-overlap)
	}
	if oldest := now.Add(-farBack); from.Before(oldest) {
		from = oldest
	}
	to = from.Add(slice)
	if !to.Before(now) {
		to = now
	}
	return from, to, nil
}

// ask makes one call. The key stands in the address, so no error may tell that.
func (p *Pull) ask(ctx context.Context, key string, from, to time.Time) ([]byte, error) {
	const layout = "02-01-2006 15:04:05"
	q := url.Values{"glusr_crm_key": {key}, "start_time": {from.Format(layout)}, "end_time": {to.Format(layout)}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.address+"?"+q.Encode(), http.NoBody)
	if err != nil {
		return nil, fault.New(fault.Internal, "indiamart_address", "The address of IndiaMART cannot be used.")
	}
	res, err := p.client.Do(req)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fault.New(fault.Unavailable, "indiamart_unreachable", "IndiaMART does not answer; it is tried again.")
	}
	body, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if err != nil {
		return nil, fault.New(fault.Unavailable, "indiamart_cut_off", "IndiaMART's answer broke off; it is tried again.")
	}
	if TroubleOf(body) == nil && res.StatusCode >= http.StatusMultipleChoices { // the body tells more, when it tells
		if err := trouble(res.StatusCode, http.StatusText(res.StatusCode)).fault(); err != nil {
			return nil, err
		}
	}
	return body, nil
}

// fault is what the trouble means for a run; nil: it goes on.
func (t *Trouble) fault() error {
	switch t.Action {
	case Wait:
		return &fault.Error{Kind: fault.RateLimited, Code: "indiamart_busy", Msg: t.Advice(), RetryAfter: t.After}
	case Stop:
		return fault.New(fault.Invalid, "indiamart_key", t.Advice())
	case Mend:
		return fault.New(fault.Invalid, "indiamart_refused", t.Advice())
	case Go, Later:
	}
	return nil
}
