package website

import (
	"encoding/base64"
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"winnow/backend/internal/intake/normalise"
)

// found is an address in a text.
type found struct {
	address, method string
	at              int
}

var (
	plainMail   = regexp.MustCompile(`[\p{L}\p{N}._%+'&/=~-]*[\p{L}\p{N}_+~-]@[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)+`)
	bracketAt   = regexp.MustCompile(`(?i)\s*[\[({<«|_]+\s*(?:at|ät|@|arroba|kukac|chez|klammeraffe|apenstaartje|aet|a|et|ad|at-sign|chiocciola|snabel-?a|małpa|malpa|zavin[aá][cč]|collega|apestaart|apenstaart|arobase|monkey|strudel|affenschwanz|kukac|cat|em|в|собака|ατ|æt)\s*[\])}>»|_]+\s*`)
	bracketDot  = regexp.MustCompile(`(?i)\s*[\[({<«|_]+\s*(?:dot|punkt|point|punto|ponto|punt|piste|tochka|\.|pkt|d0t|dt)\s*[\])}>»|_]+\s*`)
	wordsAtDot  = regexp.MustCompile(`(?i)([\p{L}\p{N}][\p{L}\p{N}._+-]*(?:\s+(?:dot|punkt|point|punto)\s+[\p{L}\p{N}_+-]+)*)\s+(?:at|ät|arroba|arobase|chez|chiocciola|klammeraffe)\s+([\p{L}\p{N}-]+(?:\s+(?:dot|punkt|point|punto|ponto|punt)\s+[\p{L}\p{N}-]+|\.[\p{L}\p{N}-]+)*\s+(?:dot|punkt|point|punto|ponto|punt)\s+[\p{L}]{2,})`)
	upperAt     = regexp.MustCompile(`([a-z0-9][a-z0-9._+-]*)\s+AT\s+([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})\b`)
	spacedAt    = regexp.MustCompile(`((?:[\p{L}\p{N}] ){2,40}[\p{L}\p{N}]|[\p{L}\p{N}][\p{L}\p{N}._+-]*)\s+@\s+([\p{L}\p{N}-]+(?:(?:\s\.\s|\.)[\p{L}\p{N}-]+)+)`)
	halfSpaced  = regexp.MustCompile(`([\p{L}\p{N}][\p{L}\p{N}._+-]*)(?:\s+@|@\s+)([\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.[\p{L}]{2,})`)
	dotWords    = regexp.MustCompile(`(?i)\s+(?:dot|punkt|point|punto|ponto|punt)\s+`)
	escapedHead = regexp.MustCompile(`(?i)^(?:u00[0-9a-f]{2}|x[23][0-9a-f]|%[0-9a-f]{2}|n(?:bsp)?;|[23][0-9a-f]%)+`)
	antispam    = regexp.MustCompile(`(?i)[._-]?(?:no-?spam|remove-?this|remove-?me|entfernen|nospam-?please|antispam)[._-]?`)
)

// maxHiding is the longest line in which addresses are looked for that hide from robots: a line that is longer is no sentence.
const maxHiding = 4000

// mailsInText finds the addresses in a text, also those that are written so that robots do not see them.
func mailsInText(text string) (out []found) {
	if len(text) < 5 || len(text) > 200_000 {
		text = text[:min(len(text), 200_000)]
	}
	if strings.Contains(text, "&#") || strings.Contains(text, "&commat;") {
		text = html.UnescapeString(text)
	}
	taken := map[string]bool{}
	add := func(local, domain, method string, at int) {
		a := tidy(local, domain)
		if a != "" && !taken[strings.ToLower(a)] {
			taken[strings.ToLower(a)] = true
			out = append(out, found{a, method, at})
		}
	}
	open := bracketDot.ReplaceAllString(bracketAt.ReplaceAllString(text, "@"), ".")
	method := "text"
	if open != text && !strings.Contains(text, "@") {
		method = "obfuscated text"
	}
	if strings.Contains(open, "@") {
		for _, m := range plainMail.FindAllStringIndex(open, 500) {
			local, domain, _ := strings.Cut(open[m[0]:m[1]], "@")
			if at := strings.IndexByte(open[m[1]:], '@'); at == 0 {
				continue // a@b.c@d is no address
			}
			add(local, domain, method, m[0])
		}
		if len(open) > maxHiding {
			return out
		}
		for _, m := range spacedAt.FindAllStringSubmatchIndex(open, 100) {
			local := open[m[2]:m[3]]
			if single(local) {
				local = strings.ReplaceAll(local, " ", "")
			}
			add(local, strings.ReplaceAll(open[m[4]:m[5]], " ", ""), "obfuscated text", m[0])
		}
		for _, m := range halfSpaced.FindAllStringSubmatchIndex(open, 100) {
			add(open[m[2]:m[3]], open[m[4]:m[5]], "obfuscated text", m[0])
		}
	}
	if len(open) > maxHiding {
		return out
	}
	for _, m := range wordsAtDot.FindAllStringSubmatchIndex(open, 100) {
		add(dotWords.ReplaceAllString(open[m[2]:m[3]], "."), dotWords.ReplaceAllString(open[m[4]:m[5]], "."), "obfuscated text", m[0])
	}
	for _, m := range upperAt.FindAllStringSubmatchIndex(open, 100) {
		add(open[m[2]:m[3]], open[m[4]:m[5]], "obfuscated text", m[0])
	}
	return out
}

// single reports whether s is letters that stand apart: "d a v e".
func single(s string) bool {
	for w := range strings.FieldsSeq(s) {
		if len([]rune(w)) > 1 {
			return false
		}
	}
	return strings.Contains(s, " ")
}

// tidy takes off what belongs to the text around an address.
func tidy(local, domain string) string {
	local = escapedHead.ReplaceAllString(local, "")
	local = strings.TrimLeft(antispam.ReplaceAllString(local, ""), "'/=&~.-")
	domain = strings.Trim(antispam.ReplaceAllString(domain, ""), "-.")
	if local == "" || domain == "" {
		return ""
	}
	// "acme.example.Call us": a sentence that began without a blank
	labels := strings.Split(domain, ".")
	for i := len(labels) - 1; i >= 2; i-- {
		first := []rune(labels[i])
		if len(first) > 1 && unicode.IsUpper(first[0]) && unicode.IsLower(first[1]) && strings.ToLower(labels[i-1]) == labels[i-1] {
			labels = labels[:i]
		}
	}
	return local + "@" + strings.Join(labels, ".")
}

var (
	joined     = regexp.MustCompile(`["']\s*\+\s*["']`)
	unicodeEsc = regexp.MustCompile(`\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})`)
	charCodes  = regexp.MustCompile(`fromCharCode\(\s*([0-9,\s]{5,})\)`)
	atob       = regexp.MustCompile(`atob\(\s*["']([A-Za-z0-9+/=]{8,400})["']\s*\)`)
	assignment = regexp.MustCompile(`(?:\bvar|\blet|\bconst|[,;{\s])\s*([A-Za-z_$][\w$]{0,30})\s*=\s*(?:"([^"\\\n]{1,100})"|'([^'\\\n]{1,100})')`)
	sum        = regexp.MustCompile(`(?:[A-Za-z_$][\w$]*|"[^"\\\n]*"|'[^'\\\n]*')(?:\s*\+\s*(?:[A-Za-z_$][\w$]*|"[^"\\\n]*"|'[^'\\\n]*'))+`)
	listJoin   = regexp.MustCompile(`\[((?:\s*["'][^"'\n]{1,60}["']\s*,?){2,8})\]\s*\.\s*join\(\s*["']([^"']{0,5})["']\s*\)`)
	quoted     = regexp.MustCompile(`["']([^"'\n]{1,100})["']`)
)

// mailsInScript finds addresses that a script holds or puts together from strings, character codes and base64.
func mailsInScript(code string) (out []string) {
	if len(code) > 1<<20 {
		code = code[:1<<20]
	}
	code = unicodeEsc.ReplaceAllStringFunc(code, func(m string) string {
		n, err := strconv.ParseInt(m[2:], 16, 32)
		if err != nil || utf16.IsSurrogate(rune(n)) {
			return m
		}
		return string(rune(n))
	})
	code = charCodes.ReplaceAllStringFunc(code, fromCodes)
	code = atob.ReplaceAllStringFunc(code, func(m string) string {
		b, err := base64.StdEncoding.DecodeString(atob.FindStringSubmatch(m)[1])
		if err != nil {
			return m
		}
		return `"` + string(b) + `"`
	})
	code = listJoin.ReplaceAllStringFunc(code, func(m string) string {
		sub := listJoin.FindStringSubmatch(m)
		var parts []string
		for _, q := range quoted.FindAllStringSubmatch(sub[1], 10) {
			parts = append(parts, q[1])
		}
		return `"` + strings.Join(parts, sub[2]) + `"`
	})
	code = sums(code)
	code = joined.ReplaceAllString(code, "")
	for _, m := range plainMail.FindAllString(code, 200) {
		local, domain, _ := strings.Cut(m, "@")
		if a := tidy(local, domain); a != "" {
			out = append(out, a)
		}
	}
	return out
}

func fromCodes(m string) string {
	var b strings.Builder
	b.WriteByte('"')
	for c := range strings.SplitSeq(charCodes.FindStringSubmatch(m)[1], ",") {
		if n, err := strconv.Atoi(strings.TrimSpace(c)); err == nil && n >= ' ' && n < 0x3000 {
			b.WriteRune(rune(n))
		}
	}
	b.WriteByte('"')
	return b.String()
}

// sums puts strings in the place of variables that are added to strings: user + '@' + host.
func sums(code string) string {
	if !strings.Contains(code, "@") || len(code) > 200_000 {
		return code
	}
	known := map[string]string{}
	for _, m := range assignment.FindAllStringSubmatch(code, 500) {
		known[m[1]] = m[2] + m[3]
	}
	return sum.ReplaceAllStringFunc(code, func(expr string) string {
		if !strings.Contains(expr, "@") && !hasAt(expr, known) {
			return expr
		}
		var b strings.Builder
		for part := range strings.SplitSeq(expr, "+") {
			part = strings.TrimSpace(part)
			switch v, ok := known[part]; {
			case ok:
				b.WriteString(v)
			case len(part) >= 2 && (part[0] == '"' || part[0] == '\''):
				b.WriteString(part[1 : len(part)-1])
			default:
				return expr
			}
		}
		return `"` + b.String() + `"`
	})
}

func hasAt(expr string, known map[string]string) bool {
	for part := range strings.SplitSeq(expr, "+") {
		if strings.Contains(known[strings.TrimSpace(part)], "@") {
			return true
		}
	}
	return false
}

// Addresses lists the e-mail addresses in a text, also those written so that robots do not see them; no junk, no placeholders.
func Addresses(text string) (out []string) {
	for _, f := range mailsInText(text) {
		e, bad := normalise.ParseEmail(f.address)
		if bad == nil && !junk(e) && realDomain(e.Domain) && !placeholder(e) && !systemMail(e) {
			out = append(out, strings.ToLower(e.Address))
		}
	}
	return out
}
