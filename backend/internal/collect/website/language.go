package website

import (
	"strings"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// langAttr is the page's own statement of its language, "de-AT".
func (s *site) langAttr() string {
	for _, t := range []string{page.Attr(s.page.First("html"), "lang"), page.Attr(s.page.First("html"), "xml:lang"), s.page.Meta("og:locale", "language", "content-language")} {
		if t = strings.ReplaceAll(strings.TrimSpace(t), "_", "-"); t != "" {
			return t
		}
	}
	return ""
}

// languageOf is the page's language: what its text is written in where that is clear, else what it says of itself.
func (s *site) languageOf() string {
	var b strings.Builder
	for _, l := range s.lines {
		if b.WriteString(l.Text + "\n"); b.Len() > 20_000 {
			break
		}
	}
	if lang := textLanguage(b.String()); lang != "" {
		return lang
	}
	return normalise.Language(s.langAttr())
}

// textLanguage tells a language by its commonest words, "" when the text is too short or none wins clearly.
func textLanguage(text string) string {
	count, total := map[string]int{}, 0
	for w := range strings.FieldsSeq(strings.ToLower(text)) {
		w = strings.Trim(w, ".,;:!?()\"'»«")
		total++
		for lang, words := range commonWords() {
			if strings.Contains(words, " "+w+" ") {
				count[lang]++
			}
		}
	}
	best, second := "", 0
	for lang, n := range count {
		switch {
		case best == "" || n > count[best] || (n == count[best] && lang < best):
			if best != "" {
				second = max(second, count[best])
			}
			best = lang
		default:
			second = max(second, n)
		}
	}
	if total < 25 || count[best] < 5 || count[best] < second*3/2 || count[best]*12 < total {
		return ""
	}
	return best
}

func commonWords() map[string]string {
	return map[string]string{
		"en": " the and of to in is for that with are this your our we you on by from have or an be as at it will can all more us ",
		"de": " der die das und ist für mit von den im auf wir sie sich nicht ein eine zu werden auch bei sind oder unsere ihre aus dem des zur zum ",
		"fr": " le la les des et est pour dans une un que nous vous votre notre sur avec par qui au aux sont ou du ce cette plus pas ",
		"es": " el la los las de y en que es para con una un por nuestro nuestra su del se más como o sus al nosotros somos ",
		"it": " il la di e che per con un una del della sono i gli le nostro nostra alla in dei delle è più nel si ",
		"nl": " de het een en van voor met op is zijn wij ons onze uw je in dat te aan bij ook niet naar door ",
		"pt": " o a os as de e que para com uma um do da em não nosso nossa por mais dos das ao são você ",
		"pl": " i w na z do jest nie się oraz dla od po przez nasze jak są to ",
		"sv": " och att det som en på är av för med till vi den har inte om ett oss vår våra ",
		"da": " og at det som en på er af for med til vi den har ikke om et os vores ",
		"fi": " ja on ei että se joka sekä tai ovat myös meidän kanssa mukaan ota yhteyttä ",
		"tr": " ve bir bu için ile olarak da de daha çok en olan ",
		"cs": " a se na je v že s z do pro jsou to nebo jako naše ",
	}
}
