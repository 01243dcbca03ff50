package fakeai_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"winnow/backend/internal/testkit/fakeai"
)

func ask(t *testing.T, url, key, user string) (int, string, error) {
	t.Helper()
	body, err := json.Marshal(map[string]any{
		"model": "m", "max_tokens": 50,
		"messages":        []map[string]string{{"role": "system", "content": "judge"}, {"role": "user", "content": user}},
		"response_format": map[string]any{"type": "json_schema", "json_schema": map[string]any{"name": "x", "strict": true, "schema": json.RawMessage(schema)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/chat/completions", strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+key)
	client := &http.Client{Timeout: 300 * time.Millisecond}
	res, err := client.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	return res.StatusCode, string(raw), err
}

const schema = `{"type":"object","properties":{"a":{"type":"string","enum":["p","q"]},"b":{"type":"integer","minimum":2},"c":{"type":"array"},"d":{"type":"boolean"},"e":{"type":"object","properties":{"f":{"type":"string"}}}}}`

func TestEveryStepDoesWhatItsNameSays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		step   fakeai.Step
		status int
		part   string
		fails  bool
		paid   bool
	}{
		{fakeai.OK(), 200, `{\"a\":\"p\",\"b\":2,\"c\":[],\"d\":false,\"e\":{\"f\":\"\"}}`, false, true},
		{fakeai.Slow(time.Millisecond), 200, "chat.completion", false, true},
		{fakeai.Says("hello"), 200, "hello", false, true},
		{fakeai.Status(401, "invalid_api_key", "no"), 401, "invalid_api_key", false, false},
		{fakeai.Limited("3", "3s"), 429, "rate_limit_exceeded", false, false},
		{fakeai.LastOne("3s"), 200, "chat.completion", false, true},
		{fakeai.HTML502(), 502, "<html>", false, false},
		{fakeai.Hang(), 0, "", true, true},
		{fakeai.Nothing(), 0, "", true, true},
		{fakeai.NoBody(), 200, "", false, true},
		{fakeai.Garbage(), 200, "not json", false, true},
		{fakeai.HalfReply(), 200, "{", false, true},
		{fakeai.HalfJSON(), 200, `"finish_reason":"length"`, false, true},
		{fakeai.Longest(), 200, `"completion_tokens":50`, false, true},
		{fakeai.Usage(-1, 9), 200, `"prompt_tokens":-1`, false, true},
		{fakeai.SSECut(), 200, "data:", true, true},
		{fakeai.Refuses(), 200, "content_filter", false, true},
	} {
		t.Run(c.step.Name, func(t *testing.T) {
			t.Parallel()
			fake, url := fakeai.New(t, fakeai.Options{Script: func(int, fakeai.Request) fakeai.Step { return c.step }})
			status, body, err := ask(t, url, "k", "MARK-7 please")
			if status != c.status || !strings.Contains(body, c.part) || (err != nil) != c.fails {
				t.Errorf("%d %q, %v", status, body, err)
			}
			log := fake.Log()
			if len(log) != 1 || log[0].Marker != "MARK-7" || log[0].Paid != c.paid || (fake.Cost(1, 1) > 0) != c.paid {
				t.Errorf("log = %+v", log)
			}
		})
	}
}

func TestOtherKeysAreRefusedAndNotLogged(t *testing.T) {
	t.Parallel()
	fake, url := fakeai.New(t, fakeai.Options{Key: "right"})
	if status, _, err := ask(t, url, "wrong", "hi"); status != http.StatusUnauthorized || err != nil {
		t.Errorf("%d, %v", status, err)
	}
	if status, _, err := ask(t, url, "right", "hi"); status != http.StatusOK || err != nil {
		t.Errorf("%d, %v", status, err)
	}
	if len(fake.Log()) != 1 || fake.Most() < 1 {
		t.Errorf("%d logged", len(fake.Log()))
	}
}
