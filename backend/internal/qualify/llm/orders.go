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
		`\b` + judge + `\b.{0,80}` + verdict,
		`\b` + judge + `\b.{0,25}\b(this|the|my|our|next|every|all) (leads?|posts?|author|poster|prospect|record|entry|submission|candidate)\b`,
		`\b(this|the|every|each|next) (lead|post|author|prospect|record|submission) (is|are|must|should|deserves|has|shall|will|qualif\w+)\b.{0,60}(a\+|grade|scor|qualif|decision|hot|priority|perfect|top|approved)`,
		`(^|\W)a\+(\W|$)`,
		`\b(system|developer|admin|root) ?(prompt|message|override|instruction|mode|note|notice|policy|update)`,
		`\b(new|updated|revised|previous|prior|old|current) (polic|rubric|instruction|prompt|guideline|scoring rule|directive)\w*.{0,80}\b(void|is|are|now|every|apply|applies|must|supersede|replace)`,
		`\b(you are now|from now on,? you|act as if you|pretend (you|to be)|roleplay|developer mode|jailbreak|do anything now|your (system )?(prompt|instructions|rubric|guidelines|training)|hidden instructions?)\b`,
		`\b(authority|urgency|evidence|specificity|fit|grade|score|disqualifier|disqualify_reason|pain_points?|confidence|qualified)["' ]*(:|=|->|=>)["' ]*(decision|high|explicit|in\b|a\b|a\+|\d+|none|null|true|\[)`,
		`\bwhoever (evaluates|scores|reads|reviews|grades|judges)\b|\bwhen (summari[sz]ing|scoring|grading|judging|evaluating (this|the|me|us))\b`,
		`\b(automated|ai|machine|artificial) (reviewer|scor\w+|evaluator|grader|judge)\b|\b(un)?trusted (context|input|data|content)\b|\b(end|begin\w*|start) of (the |all )?((un)?trusted |user |lead |input )?(data|lead|input|text|document|content)\b`,
		`\bin your (json|answer|output|summary|response|verdict)\b|\byour (task|role|job) (has|is now|changed)\b|\boutput nothing\b|\breal lead says\b|\bperfect lead\b`,
		`\b(behave|act|judge|answer|write|respond|treat \w+) as if\b|\balways say\b|\b(be|more) (lenient|generous) (with|when|in)\b|\bround up\b`,
		`\b(claims?|fields?|levels?|hints?|parts?|quotes?)\b.{0,40}\b(must|should|count|marked|filled|set)\b.{0,40}\b(explicit|strongest|highest|maximum|best)\b`,
		`\b(skip|disable|suspend|bypass) (its|the|all|any|your) (checks?|rules?|filters?|validation)\b|\bno further checks\b`,
		`^\W*(human|ai|operator|computer|siri|alexa|bot|model|parser|evaluator|grader|scorer|classifier|reviewer|todo for the \w+) ?[:,]|\boperator ?: ?\w+|\bsudo\b|--\w+ ?= ?\w`,
		`\b(maximum|max|full|top|best|first|highest|strongest|perfect|most positive) (points|marks|category|assessment|tier|rating|ranking|option|class)\b|\b(elevate|boost|raise|improve) (our|my|this|the) (ranking|score|grade|rating|rank)\b`,
		`\b(explicit|important|strong) (pain|evidence)\b|\b(evidence|signs?) of pain\b|\bready[- ]to[- ]buy\b|\b(purchase |buying )?(intent|buyer) ?= ?\w|\b(state|say|conclude|confirm|note) that (the|this) (author|lead|person|contact|company) (is|has)\b|\bconfirm by using\b`,
		`\b(do not|don'?t|never) (apply|use|disqualify|reject|downgrade|flag|lower)\b.{0,40}\b(disqualif\w+|rubric|criteria|this (lead|post)|scoring)`,
		`\b(10 ?/ ?10|five stars|5 stars)\b.{0,30}\b(please|lead|grade|score)\b|\b(rate|score|grade)\b.{0,20}\b10 ?/ ?10\b`,
		`(%[0-9a-f]{2}){4,}|(&#x?[0-9a-f]{2,6};){3,}|(\\u[0-9a-f]{4}){3,}|\b([0-9a-f]{2} ?){16,}\b`,
		`\b(manually|already|internally) (verified|approved|qualified|confirmed)\b|\bread this as\b|\brate us\b|\bmark as (important|hot|qualified|urgent)\b`,
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
	folded := make([]string, len(parts))
	bad := make([]bool, len(parts))
	found := false
	for i, p := range parts {
		folded[i] = fold(rs[p.start:p.end])
		bad[i] = orders(folded[i]) || smuggled(string(rs[p.start:p.end]))
		found = found || bad[i]
	}
	if !found {
		return nil
	}
	spread(folded, bad)
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

// kin are words that make a sentence beside an order a part of it; alone they prove nothing.
var kin = regexp.MustCompile(`\b(grades?|scor\w+|rubric|ratings?|leads?|label\w*|prompt|instructions?|assistant|system|model|output|respond|reply|json|qualified|evidence|urgency|authority|specificity|fit|admin|grader|ai|bot|obey|comply|verdict|error)\b|[{}<>\[\]]|a\+`)

// spread takes the neighbours of an order for parts of it when they speak of the same, or when they are short and
// stand between two.
func spread(folded []string, bad []bool) {
	for changed := true; changed; {
		changed = false
		for i := range bad {
			before, after := i > 0 && bad[i-1], i+1 < len(bad) && bad[i+1]
			if bad[i] || (!before && !after) {
				continue
			}
			if kin.MatchString(folded[i]) || (before && after && len(folded[i]) < 120) || strings.TrimSpace(folded[i]) == "" {
				bad[i], changed = true, true
			}
		}
	}
}

// triggers are the beginnings of words without which no pattern can match plain English.
func triggers() []string {
	return strings.Fields(`ignor disreg forget overrid bypass skip drop discard neglect follow obey mention a+ aplus plus grade score scor rate
rating rank classif label mark assign assess evalu treat qualif output respond reply return answer print emit repeat reveal set report
quote system assist instruct prompt rubric ai a.i. llm gpt claude gemini copilot bot model polic developer admin root jailbreak pretend
roleplay you role authority urgency evidence specific fit disqual confid pain_ < [ { " ' } ] base64 rot13 decode unscramble
vergiss olvida oublie desconsidere dimentica negeer zignoruj punt calific clasif bewert note valut avali evalue classe inst lead post
author prospect record submission whoever when automat machine artific trusted end task role real perfect behave act judge say lenient
generous claim field level hint part disable suspend check human operator computer siri alexa parser sudo -- maxim max full top best
highest strong elevate boost raise improve explicit important evidence sign ready intent buyer state conclude confirm verif approv read
apply reject downgrad flag lower never don 10/10 % & \ start begin`)
}

var triggerWords = triggers() //nolint:gochecknoglobals // fixed data

var longWord = regexp.MustCompile(`[0-9a-f]{24,}`) //nolint:gochecknoglobals // compiled once, never changed

func triggered(folded string) bool {
	if longWord.MatchString(folded) {
		return true
	}
	for i := range len(folded) {
		if folded[i] >= 0x80 {
			return true
		}
	}
	for _, w := range triggerWords {
		if strings.Contains(folded, w) {
			return true
		}
	}
	return false
}

func orders(folded string) bool {
	if strings.TrimSpace(folded) == "" || !triggered(folded) {
		return false
	}
	spaced := strings.ReplaceAll(folded, "_", " ")
	for _, p := range compiledOrders {
		if p.MatchString(folded) || (spaced != folded && p.MatchString(spaced)) {
			return true
		}
	}
	return false
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
