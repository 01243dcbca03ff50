package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"winnow/backend/internal/config/suggest"
)

// maxFile bounds a file that a *_FILE variable names.
const maxFile = 64 << 10

func (l *loader) readEnvironment() {
	for _, pair := range l.opts.Environ {
		name, value, _ := strings.Cut(pair, "=")
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			l.env[rest] = value
		}
	}
}

// overlayEnvironment takes WINNOW_X, or the content of the file that WINNOW_X_FILE names. An empty variable counts as
// not set, as compose files write them.
func (l *loader) overlayEnvironment() {
	for _, s := range l.list {
		direct, isDirect := l.env[s.env]
		path, isFile := l.env[s.env+"_FILE"]
		if isDirect && direct != "" && isFile && path != "" {
			l.fault(prefix+s.env, "ambiguous", fmt.Sprintf("Both %s%s and %s%s_FILE are set. Keep one of them.", prefix, s.env, prefix, s.env))
			continue
		}
		if isFile && path != "" {
			if content, err := l.content(path); err != nil {
				l.fault(prefix+s.env+"_FILE", "unreadable", fmt.Sprintf("The file %q cannot be read (%s). Check the path and its permissions.", path, reason(err)))
			} else {
				l.values[s.env] = given{content, prefix + s.env + "_FILE"}
			}
			continue
		}
		if isDirect && direct != "" {
			l.values[s.env] = given{strings.TrimSpace(direct), prefix + s.env}
		}
	}
}

// variable is the text of a setting as the environment alone gives it.
func (l *loader) variable(env string) (string, bool) {
	if path := l.env[env+"_FILE"]; path != "" {
		content, err := l.content(path)
		return content, err == nil
	}
	v, ok := l.env[env]
	return strings.TrimSpace(v), ok && v != ""
}

// content is a file's text without the white space around it: editors and secret stores add a last newline.
func (l *loader) content(path string) (string, error) {
	b, err := l.opts.ReadFile(path)
	if err != nil {
		return "", err
	}
	if len(b) > maxFile {
		return "", errors.New("it is larger than 64 KiB")
	}
	return strings.TrimSpace(string(b)), nil
}

func (l *loader) unknownVariables() {
	var names, unknown []string
	for _, s := range l.list {
		names = append(names, prefix+s.env, prefix+s.env+"_FILE")
	}
	for rest := range l.env {
		if name := prefix + rest; !slices.Contains(names, name) && !foreign(rest) {
			unknown = append(unknown, name)
		}
	}
	slices.Sort(unknown)
	for _, name := range unknown {
		l.fault(name, "unknown", "There is no such setting."+suggest.Hint(name, names)+" Remove it, or see docs/configuration.md.")
	}
}

// keyHint is the file key that somebody probably meant, also when they left out or mistook its group.
func (l *loader) keyHint(path string) string {
	last := func(s string) string { return s[strings.LastIndex(s, ".")+1:] }
	var keys []string
	for _, s := range l.list {
		if s.key != "" && last(s.key) == last(path) {
			return fmt.Sprintf(" Did you mean %q?", s.key)
		}
		if s.key != "" {
			keys = append(keys, s.key)
		}
	}
	return suggest.Hint(path, keys)
}

// foreign reports variables that others set: those of the test suite and of the developers' web server, and those that
// Kubernetes makes for a service called "winnow".
func foreign(rest string) bool {
	return strings.HasPrefix(rest, "TEST_") || strings.HasPrefix(rest, "DEV_") || rest == "SOAK" || rest == "PORT" || strings.HasPrefix(rest, "PORT_") ||
		rest == "SERVICE_HOST" || rest == "SERVICE_PORT" || strings.HasPrefix(rest, "SERVICE_PORT_")
}
