package llm

import (
	"encoding/base64"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Orders are sentences that speak to whoever judges the lead instead of telling about it: "ignore your instructions",
// "grade this A+", fake system messages, pieces of our own answer format. By the rubric the rest of the text is judged
// as if they were absent, so the model never gets to read them. The list only spares the model temptation: what holds
// is that a claim counts by its quote alone.

// orderPatterns are matched against one sentence, folded by fold.
func orderPatterns() []*regexp.Regexp {
	const (
		reader  = `(ai|a\.i\.|llms?|language model|assistant|chat ?gpt|gpt-?\d*|claude|gemini|copilot|chat ?bot|bot|grader|classifier|evaluator|annotator|scorer|scoring (system|engine|model|tool|bot)|lead (scor|qualif)\w*|qualification (system|engine|model|tool))`
		judge   = `(score|scores|grade|graded|grades|rate|rating|label|labels|mark|classify|rank|assign|assess|evaluate|treat|qualify|qualifies|output|respond|reply|return|answer|print|emit|repeat|reveal|set|report|quote|ignore|disregard|forget|obey|comply|follow|remember|pretend|imagine|consider|conclude)`
		verdict = `(a\+|a ?plus|top (grade|score|lead|priority)|highest (grade|score|possible|rating|priority)|maximum (grade|score|rating)|max score|perfect (score|grade|lead)|100 ?(/|out of|%|percent|points)|score of (9\d|100)|decision_?maker|pain_?points?|urgency|specificity|disqualif\w*|qualified|hot lead)`
	)
	patterns := []string{
		`\b(ignore|disregard|forget|override|bypass|skip|drop|discard|neglect|do not (follow|obey|mention)|stop following)\b.{0,60}\b(instruction|prompt|rule|rubric|guideline|direction|directive|context|polic|criteria|message|training|above|previous|prior|earlier|everything)`,
		`\b(dear|hey|hello|hi|attention|note (to|for)|message (to|for)|instructions? (to|for)|you,? the|as an?|if you are an?|you are an?)\b.{0,20}\b` + reader + `\b`,
		`\b` + reader + `\b.{0,60}\b` + judge + `\b`,
		`\b` + judge + `\b.{0,40}\b` + reader + `\b.{0,40}` + verdict,
		`\b` + judge + `\b.{0,80}` + verdict + `(\W|$)`,
		`(^|\W)a\+(\W|$)`,
		`\b(system|developer|admin|root) ?(prompt|message|override|instruction|mode|note|notice|policy|update)`,
		`\b(new|updated|revised|previous|prior|old|current) (polic|rubric|instruction|prompt|guideline|scoring rule|directive)\w*.{0,80}\b(void|is|are|now|every|apply|applies|must|supersede|replace)`,
		`\b(you are now|from now on,? you|act as if you|pretend (you|to be)|roleplay|developer mode|jailbreak|do anything now|your (system )?(prompt|instructions|rubric|guidelines|training)|hidden instructions?)\b`,
		`\b(authority|urgency|evidence|specificity|fit|grade|score|disqualifier|disqualify_reason|pain_points?|confidence|qualified)["' ]*(:|=|->|=>)["' ]*(decision|high|explicit|in\b|a\b|a\+|\d+|none|null|true|\[)`,
		`<[/|!]?(system|content|assistant|user|instruction|data|lead|field|prompt|im_start|im_end|text|input|document|tool|function|admin|script|endoftext|inst|sys)\b?[^>]*>?`,
		`\[/?(system|admin|begin|end|inst|instruction|assistant|override|sys|prompt)\b[^\]]*\]`,
		`<\|[^>]*\|?>|<<[^>]*>>`,
		`(^|[\n#*>\-=" ])(system|assistant|developer|instruction|admin)s? ?:`,
		`[{,\[] ?["'](score|grade|evidence|urgency|authority|verdict|claims|disqualifier|fit|role|pain_points?)["'] ?:`,
		`["'\]] ?[}\]]+ ?[,;]? ?$`,
		`^[\s"'}\]]{3,}$`,
		`\b(base64|rot13|decode|unscramble)\b.{0,40}\b(follow|obey|execute|instruction|this|and|do)\b`,
		`\b(ignora|ignore[zr]?|ignoriere[n]?|vergiss|olvida|oublie[zr]?|desconsidere|dimentica|negeer|zignoruj|проигнорируй|игнорируй\w*|забудь\w*)\b.{0,60}(instru|anweis|regel|regla|regel|istruzion|polecen|инструкц|правил|anterior|vorherig|précédent|precedent|предыдущ)`,
		`(忽略|无视|無視|忘记|忘記).{0,20}(指令|指示|提示|规则|規則|以上|之前|命令)|(指示|命令|ルール).{0,10}(無視|忘れ)`,
		`(تجاهل|انس).{0,40}(التعليمات|الأوامر|القواعد|السابق)|(निर्देश|नियम|हिदायत).{0,40}(अनदेखा|नज़रअंदाज़|नजरअंदाज|भूल)|(अनदेखा|नज़रअंदाज़|नजरअंदाज).{0,40}(निर्देश|नियम)`,
		`(bewerte|bewertung|note|puntúa|puntua|califica|clasifica|évalue|evalue|classe|avalie|valuta|оцени|оценк|评分|評分|打分|点数|評価|تقييم|दर्जा|ग्रेड|स्कोर).{0,40}(a\+|100|höchst|máxim|maxim|massim|высш|最高|满分|أعلى|सबसे)`,
	}
	out := make([]*regexp.Regexp, 0, len(patterns))
	for _, p := range patterns {
		out = append(out, regexp.MustCompile(p))
	}
	return out
}

// compiledOrders is fixed data.
var compiledOrders = orderPatterns() //nolint:gochecknoglobals // compiled once, never changed

// findOrders gives the spans of a text (of code points, in order, apart) that give orders.
func findOrders(rs []rune) []span {
	parts := sentences(rs)
	bad := make([]bool, len(parts))
	any := false
	for i, p := range parts {
		bad[i] = orders(rs[p.start:p.end])
		any = any || bad[i]
	}
	if !any {
		return nil
	}
	bridge(parts, bad)
	var out []span
	for i, p := range parts {
		switch {
		case !bad[i]:
		case len(out) > 0 && i > 0 && bad[i-1]:
			out[len(out)-1].end = p.end
		default:
			out = append(out, p)
		}
	}
	return out
}

// bridge takes what stands between two orders, when it is short, for a part of them.
func bridge(parts []span, bad []bool) {
	for i := 1; i+1 < len(parts); i++ {
		if !bad[i] && bad[i-1] && (bad[i+1] || (i+2 < len(parts) && bad[i+2] && parts[i+1].end-parts[i+1].start < 80)) && parts[i].end-parts[i].start < 80 {
			bad[i] = true
		}
	}
}

func orders(sentence []rune) bool {
	if len(sentence) == 0 {
		return false
	}
	text := fold(sentence)
	for _, p := range compiledOrders {
		if p.MatchString(text) {
			return true
		}
	}
	return smuggled(string(sentence))
}

// fold makes look-alikes alike: compatibility forms, case, Cyrillic and Greek letters that look Latin, white space.
func fold(rs []rune) string {
	s := norm.NFKC.String(string(rs))
	latin := latinLetters(s)
	var b strings.Builder
	space := false
	for _, r := range s {
		if unicode.IsSpace(r) {
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		r = unicode.ToLower(r)
		if latin {
			r = lookAlike(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// latinLetters reports whether the text has any: look-alikes are a trick only among Latin letters.
func latinLetters(s string) bool {
	for _, r := range s {
		if unicode.Is(unicode.Latin, r) {
			return true
		}
	}
	return false
}

func lookAlike(r rune) rune {
	const (
		alien = "абвеёзіїјкмнорстухцԁԛѕԝӏαβεικνορτυχγ"
		latin = "abbee3iijkmhopctyxuдqswlabeiknoptuxy"
	)
	i := strings.IndexRune(alien, r)
	if i < 0 {
		return r
	}
	n := utf8.RuneCountInString(alien[:i])
	for _, l := range latin {
		if n == 0 {
			return l
		}
		n--
	}
	return r
}

var blob = regexp.MustCompile(`[A-Za-z0-9+/_-]{24,}={0,2}`)

// smuggled reports whether the text holds a base64 word that decodes to readable text.
func smuggled(s string) bool {
	for _, b := range blob.FindAllString(s, 4) {
		raw, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(strings.NewReplacer("-", "+", "_", "/").Replace(b), "="))
		if err != nil || len(raw) < 16 {
			continue
		}
		readable := 0
		for _, c := range raw {
			if c == ' ' || c == '\n' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') {
				readable++
			}
		}
		if readable*10 >= len(raw)*8 {
			return true
		}
	}
	return false
}

// sentences cuts a text at line ends and sentence ends, keeping every code point in some part.
func sentences(rs []rune) []span {
	var out []span
	start := 0
	for i, r := range rs {
		end := false
		switch r {
		case '\n', '。', '！', '？', '।':
			end = true
		case '.', '!', '?':
			end = i+1 == len(rs) || unicode.IsSpace(rs[i+1])
		}
		if end {
			out = append(out, span{start, i + 1})
			start = i + 1
		}
	}
	if start < len(rs) {
		out = append(out, span{start, len(rs)})
	}
	return out
}
