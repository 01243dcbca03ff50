package indiamart_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"winnow/backend/internal/collect"
	"winnow/backend/internal/collect/indiamart"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/platform/webclient"
)

const key = "mR4hF7pQ-secret"

// manager plays the Lead Manager: enquiries with times, the rules of the API, and how often it was asked.
type manager struct {
	at    []time.Time
	calls []string
	say   string // the whole answer, when set
	code  int
}

func (m *manager) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if m.code != 0 {
		w.WriteHeader(m.code)
	}
	if m.say != "" {
		_, _ = w.Write([]byte(m.say))
		return
	}
	const layout = "02-01-2006 15:04:05"
	from, err1 := time.ParseInLocation(layout, q.Get("start_time"), indiamart.IST())
	to, err2 := time.ParseInLocation(layout, q.Get("end_time"), indiamart.IST())
	if q.Get("glusr_crm_key") != key || err1 != nil || err2 != nil || to.Sub(from) > 7*24*time.Hour {
		_, _ = fmt.Fprintf(w, `{"CODE":400,"STATUS":"FAILURE","MESSAGE":"date format","RESPONSE":[]}`)
		return
	}
	m.calls = append(m.calls, q.Get("start_time")+" – "+q.Get("end_time"))
	var rows []map[string]any
	for i, t := range m.at {
		if !t.Before(from) && !t.After(to) {
			rows = append(rows, map[string]any{"UNIQUE_QUERY_ID": strconv.Itoa(1000 + i), "QUERY_TYPE": "W", "QUERY_TIME": t.In(indiamart.IST()).Format(time.DateTime), "SENDER_NAME": fmt.Sprint("Buyer No ", i), "SENDER_MOBILE": fmt.Sprintf("+91-99900%05d", i), "QUERY_MESSAGE": "I want pumps"})
		}
	}
	if len(rows) == 0 {
		_, _ = fmt.Fprint(w, `{"CODE":204,"STATUS":"SUCCESS","MESSAGE":"There are no leads in this period.","RESPONSE":[]}`)
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"CODE": 200, "STATUS": "SUCCESS", "MESSAGE": "", "TOTAL_RECORDS": len(rows), "RESPONSE": rows})
}

func pull(t *testing.T, m http.Handler) *indiamart.Pull {
	t.Helper()
	srv := httptest.NewServer(m)
	t.Cleanup(srv.Close)
	c, err := webclient.New(webclient.Options{AllowHosts: []string{strings.TrimPrefix(srv.URL, "http://")}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return indiamart.NewPull(c, srv.URL+"/v2/")
}

// run steps to the end as the room does; every step's clock is later by what it was told to wait.
func run(t *testing.T, p *indiamart.Pull, config string, kept json.RawMessage, now *time.Time) (keys []string, keep json.RawMessage, steps int) {
	t.Helper()
	cursor := json.RawMessage("null")
	for steps < 60 {
		st, err := p.Step(t.Context(), collect.Call{Config: json.RawMessage(config), Cursor: cursor, Kept: kept, Now: *now})
		if err != nil {
			t.Fatal(err)
		}
		steps++
		for _, f := range st.Finds {
			keys = append(keys, f.Key)
		}
		if st.Done {
			return keys, st.Keep, steps
		}
		if st.Wait < 5*time.Minute {
			t.Fatalf("the next call after %v", st.Wait)
		}
		cursor, *now = st.Cursor, now.Add(st.Wait)
	}
	t.Fatal("it has no end")
	return nil, nil, 0
}

func TestPullBringsEveryEnquiryOfThePastAndThenWhatIsNew(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 31, 6, 0, 0, 0, time.UTC)
	m := &manager{}
	for d := 29; d >= 0; d-- {
		m.at = append(m.at, now.Add(-time.Duration(d)*24*time.Hour-time.Hour))
	}
	p := pull(t, m)
	config := fmt.Sprintf(`{"key":%q,"days":30}`, key)
	keys, keep, steps := run(t, p, config, json.RawMessage("null"), &now)
	seen := map[string]bool{}
	for _, k := range keys {
		seen[k] = true
	}
	if len(seen) != 30 || steps != 5 {
		t.Errorf("%d enquiries in %d calls: %v", len(seen), steps, m.calls)
	}
	m.at = append(m.at, now.Add(-20*time.Minute), now.Add(time.Minute)) // one was dated before the last call and shown after it
	now = now.Add(10 * time.Minute)
	keys, _, steps = run(t, p, config, keep, &now)
	if strings.Join(keys, " ") != "1030 1031" || steps != 1 {
		t.Errorf("then %v in %d calls", keys, steps)
	}
}

func TestWhatTheApiSaysDecidesWhatBecomesOfTheRun(t *testing.T) {
	t.Parallel()
	answer := func(code int, message string) string {
		return fmt.Sprintf(`{"CODE":%d,"STATUS":"FAILURE","MESSAGE":%q,"TOTAL_RECORDS":0,"RESPONSE":[]}`, code, message)
	}
	for name, c := range map[string]struct {
		say   string
		code  int
		kind  fault.Kind // "" = it goes on
		after time.Duration
	}{
		"too soon":            {answer(429, "It is advised to hit this API once in every 5 minutes."), 0, fault.RateLimited, 5 * time.Minute},
		"blocked":             {answer(429, "Too Many Requests. Your API key is disabled for 15 minutes."), 0, fault.RateLimited, 15 * time.Minute},
		"wrong key":           {answer(401, "The API key is incorrect."), 0, fault.Invalid, 0},
		"dead key":            {answer(401, "Your API key has expired as a new key was generated."), 0, fault.Invalid, 0},
		"nothing":             {answer(204, "There are no leads in this period."), 0, "", 0},
		"fresh key":           {answer(204, "The key is new, leads are shown after 24 hours."), 0, "", 0},
		"their fault":         {answer(500, "Internal error"), 0, fault.RateLimited, 30 * time.Second},
		"a number as a text":  {`{"CODE":"429","MESSAGE":"Too Many Requests","RESPONSE":[]}`, 0, fault.RateLimited, 15 * time.Minute},
		"a gateway's 502":     {"<html>Bad gateway</html>", 502, fault.RateLimited, 30 * time.Second},
		"no JSON":             {`{"CODE":200,"RESPONSE":[{"UNIQUE_Q`, 0, "", 0},
		"no JSON and refused": {"Access Denied", 403, fault.Invalid, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := pull(t, &manager{say: c.say, code: c.code})
			st, err := p.Step(t.Context(), collect.Call{Config: json.RawMessage(fmt.Sprintf(`{"key":%q}`, key)), Cursor: json.RawMessage("null"), Kept: json.RawMessage("null"), Now: time.Date(2026, 3, 31, 6, 0, 0, 0, time.UTC)})
			if c.kind == "" {
				if err != nil || len(st.Finds) != 0 || !st.Done {
					t.Errorf("%+v, %v", st, err)
				}
				if name == "no JSON" && (!st.Changed || len(st.Raw) != 1) {
					t.Error("what could not be read is not kept")
				}
				return
			}
			f, ok := errors.AsType[*fault.Error](err)
			if !ok || f.Kind != c.kind {
				t.Fatalf("%v", err)
			}
			if f.RetryAfter != c.after {
				t.Errorf("it waits %v, want %v", f.RetryAfter, c.after)
			}
			if strings.Contains(err.Error(), key) {
				t.Errorf("the key is told: %v", err)
			}
		})
	}
}

// The key stands in the address of the call; no fault of the way there tells it.
func TestTheKeyIsInNoError(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.NotFoundHandler())
	address := srv.URL
	srv.Close()
	c, err := webclient.New(webclient.Options{AllowHosts: []string{strings.TrimPrefix(address, "http://")}})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for _, p := range []*indiamart.Pull{indiamart.NewPull(c, address+"/v2/"), indiamart.NewPull(c, "http://127.0.0.1:1/"), indiamart.NewPull(c, "http://bad host/")} {
		_, err := p.Step(context.Background(), collect.Call{Config: json.RawMessage(fmt.Sprintf(`{"key":%q}`, key)), Kept: json.RawMessage("null"), Now: time.Now()})
		if err == nil || strings.Contains(err.Error(), key) {
			t.Errorf("%v", err)
		}
	}
}
