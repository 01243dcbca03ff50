package telemetry

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
)

const masked = "[masked]"

// shortestSecret keeps a careless one-letter password from masking every log line.
const shortestSecret = 6

// mask takes secrets out of log attributes: by the attribute's name, by the look of the value, and by the values that
// this process knows to be secret.
type mask struct {
	known *strings.Replacer
	look  []look
}

type look struct {
	re *regexp.Regexp
	as string
}

func newMask(secrets []string) *mask {
	var pairs []string
	for _, s := range secrets {
		if len(s) >= shortestSecret {
			pairs = append(pairs, s, masked)
		}
	}
	return &mask{
		known: strings.NewReplacer(pairs...),
		look: []look{
			{regexp.MustCompile(`(?i)\b(bearer|basic)\s+[a-z0-9._~+/=-]{8,}`), "$1 " + masked},
			{regexp.MustCompile(`\bwnw_[A-Za-z0-9_-]{8,}`), "wnw_" + masked},
			{regexp.MustCompile(`\bsk-[A-Za-z0-9_-]{12,}`), "sk-" + masked},
			{regexp.MustCompile(`\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*`), masked},
			{regexp.MustCompile(`([a-zA-Z][a-zA-Z0-9+.-]*://[^\s/:@"]*):[^\s/@"]+@`), "$1:" + masked + "@"},
			{regexp.MustCompile(`(?i)([?&](?:token|key|api_key|access_token|secret|password|sig|signature)=)[^&\s"]+`), "${1}" + masked},
		},
	}
}

// secretName reports whether an attribute of this name holds a secret whatever its value.
func secretName(name string) bool {
	n := strings.ToLower(name)
	for _, part := range []string{
		"password", "passwd", "secret", "authorization", "cookie", "api_key", "apikey", "private_key", "credential",
		"smtp_url", "database_url", "redis_url", "dsn",
	} {
		if strings.Contains(n, part) {
			return true
		}
	}
	return n == "token" || strings.HasSuffix(n, "_token")
}

// attr is slog's ReplaceAttr.
func (m *mask) attr(_ []string, a slog.Attr) slog.Attr {
	if secretName(a.Key) {
		return slog.String(a.Key, masked)
	}
	switch a.Value.Kind() {
	case slog.KindString:
		a.Value = slog.StringValue(m.text(a.Value.String()))
	case slog.KindAny:
		a.Value = m.any(a.Value.Any())
	default: // numbers, times, and groups, whose members come here one by one
	}
	return a
}

// text masks what looks like a secret in s.
func (m *mask) text(s string) string {
	s = m.known.Replace(s)
	for _, l := range m.look {
		s = l.re.ReplaceAllString(s, l.as)
	}
	return s
}

func (m *mask) any(v any) slog.Value {
	switch v := v.(type) {
	case nil, slog.Level, *slog.Source:
		return slog.AnyValue(v)
	case error:
		return slog.StringValue(m.text(v.Error()))
	case fmt.Stringer:
		return slog.StringValue(m.text(v.String()))
	case []byte:
		return slog.StringValue(m.text(string(v)))
	}
	b, err := json.Marshal(v)
	if err != nil {
		return slog.StringValue(m.text(fmt.Sprintf("%T: %v", v, err)))
	}
	var tree any
	if err := json.Unmarshal(b, &tree); err != nil {
		return slog.StringValue(m.text(string(b)))
	}
	return slog.AnyValue(m.tree(tree))
}

// tree masks a value as JSON decodes it.
func (m *mask) tree(v any) any {
	switch v := v.(type) {
	case string:
		return m.text(v)
	case []any:
		for i := range v {
			v[i] = m.tree(v[i])
		}
	case map[string]any:
		for k := range v {
			if secretName(k) {
				v[k] = masked
			} else {
				v[k] = m.tree(v[k])
			}
		}
	}
	return v
}

// Masker takes what is or looks like a secret out of a text, as the logs do.
func Masker(secrets []string) func(string) string { return newMask(secrets).text }
