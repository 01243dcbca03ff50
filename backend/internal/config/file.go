package config

import (
	"fmt"
	"strings"

	"winnow/backend/internal/config/yamldoc"
)

// walk takes the values of one group of keys. under is the dotted path of the group, "" for the whole file.
func (l *loader) walk(file, under string, n *yamldoc.Node) {
	if n.Kind == yamldoc.Null {
		return
	}
	if n.Kind != yamldoc.Map {
		l.fault(fmt.Sprintf("%s:%d:%d", file, n.Line, n.Col), "invalid", "Here should be keys with values, as in `"+l.example(under)+"`; found "+n.Kind.String()+".")
		return
	}
	for _, e := range n.Entries {
		l.entry(file, strings.TrimPrefix(under+"."+e.Key, "."), e)
	}
}

func (l *loader) entry(file, path string, e yamldoc.Entry) {
	pos := fmt.Sprintf("%s:%d:%d (%s)", file, e.Line, e.Col, path)
	for _, s := range l.list {
		switch {
		case s.key == path:
			l.take(s, pos, e.Node)
			return
		case s.key == "" && hiddenAs(s.env, path):
			l.fault(pos, "not_in_file", fmt.Sprintf("This setting is not read from a file that may be shared. Remove it here and set %s%s or %s%s_FILE in the environment.", prefix, s.env, prefix, s.env))
			return
		case strings.HasPrefix(s.key, path+"."):
			l.walk(file, path, e.Node)
			return
		}
	}
	l.fault(pos, "unknown", "There is no such setting."+l.keyHint(path)+" Remove it, or see docs/configuration.md.")
}

// hiddenAs reports whether a key of a file means a setting that files may not hold, e.g. secret_key, ai.api_key.
func hiddenAs(env, path string) bool {
	last := path[strings.LastIndex(path, ".")+1:]
	flat := strings.ReplaceAll(path, ".", "_")
	return strings.EqualFold(flat, env) || strings.EqualFold(last, env) || strings.EqualFold(last, "WINNOW_"+env)
}

// take keeps a value from a file: a scalar, or a list of scalars.
func (l *loader) take(s setting, pos string, n *yamldoc.Node) {
	switch n.Kind {
	case yamldoc.Null:
		return
	case yamldoc.Map:
		l.fault(pos, "invalid", "Here should be one value; found a group of keys.")
	case yamldoc.List:
		var items []string
		for _, item := range n.Items {
			if item.Kind == yamldoc.List || item.Kind == yamldoc.Map {
				l.fault(pos, "invalid", "Here should be a list of plain values.")
				return
			}
			items = append(items, item.Text)
		}
		l.values[s.env] = given{strings.Join(items, ","), pos}
	default:
		l.values[s.env] = given{strings.TrimSpace(n.Text), pos}
	}
}

func (l *loader) example(under string) string {
	for _, s := range l.list {
		if s.def != "" && s.key != "" && strings.HasPrefix(s.key, under) {
			key := s.key[strings.LastIndex(s.key, ".")+1:]
			return key + ": " + s.def
		}
	}
	return "workers: 8"
}
