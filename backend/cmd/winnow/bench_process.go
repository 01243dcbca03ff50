package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"
)

// slowModel serves an OpenAI-compatible API that takes its time and claims nothing; it measures us, not a model.
func slowModel(ctx context.Context, latency time.Duration) (base string, stop func(), err error) {
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("listen: %w", err)
	}
	words, err := json.Marshal(map[string]any{
		"reasoning": "Nothing is claimed.", "language": "en", "disqualifier": "none", "evidence": "none", "authority": "unknown", "urgency": "none",
		"fit": "unclear", "specificity": 0, "claims": []any{},
	})
	if err != nil {
		return "", nil, err
	}
	answer, err := json.Marshal(map[string]any{
		"id": "bench", "object": "chat.completion", "model": "bench", "usage": map[string]int{"prompt_tokens": 1000, "completion_tokens": 60, "total_tokens": 1060},
		"choices": []any{map[string]any{"index": 0, "finish_reason": "stop", "message": map[string]string{"role": "assistant", "content": string(words)}}},
	})
	if err != nil {
		return "", nil, err
	}
	srv := &http.Server{ReadHeaderTimeout: time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		time.Sleep(latency)
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(answer)
	})}
	go func() { _ = srv.Serve(ln) }()
	return "http://" + ln.Addr().String() + "/v1", func() { _ = srv.Close() }, nil
}

// benchProcess starts this very program as people do and measures how soon it is healthy, first and again, and how much
// memory it holds when nothing is asked of it.
func benchProcess(ctx context.Context, say func(string, ...any)) (out []measure, err error) {
	dir, err := os.MkdirTemp("", "winnow-bench-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	var started time.Duration
	memory := 0
	for range 2 { // the second start is the warm one
		if started, memory, err = startOnce(ctx, self, dir); err != nil {
			return nil, err
		}
	}
	out = []measure{
		{Database: "sqlite", What: "start until healthy, second time", Size: "empty workspace", Value: fmt.Sprintf("%.0f ms", ms(started)), Target: "< 1 s", Met: started < time.Second},
		{Database: "sqlite", What: "idle memory (resident)", Size: "one process", Value: fmt.Sprintf("%d MB", memory), Target: "< 100 MB", Met: memory < 100},
	}
	for _, m := range out {
		say("%s: %s: %s (%s)", m.Database, m.What, m.figure(), m.verdict())
	}
	return out, nil
}

func startOnce(ctx context.Context, self, dir string) (started time.Duration, memoryMB int, err error) {
	free, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, 0, err
	}
	addr := free.Addr().String()
	if err := free.Close(); err != nil {
		return 0, 0, err
	}
	cmd := exec.CommandContext(ctx, self, "serve", "--addr", addr)
	cmd.Env = append(os.Environ(), "WINNOW_DATA_DIR="+dir, "WINNOW_DATABASE_URL=", "WINNOW_REDIS_URL=")
	cmd.Dir = dir
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, cmd.Process.Signal(os.Interrupt), cmd.Wait()) }()
	for !healthy(ctx, addr) {
		if time.Since(began) > 20*time.Second {
			return 0, 0, errors.New("the server did not become healthy")
		}
		time.Sleep(5 * time.Millisecond)
	}
	started = time.Since(began)
	time.Sleep(3 * time.Second)
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid))
	if err != nil {
		return started, 0, nil
	}
	for line := range strings.Lines(string(text)) {
		var kb int
		if _, err := fmt.Sscanf(line, "VmRSS: %d kB", &kb); err == nil {
			memoryMB = kb >> 10
		}
	}
	return started, memoryMB, nil
}

func healthy(ctx context.Context, addr string) bool {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+"/readyz", http.NoBody)
	if err != nil {
		return false
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	_ = res.Body.Close()
	return res.StatusCode == http.StatusOK
}
