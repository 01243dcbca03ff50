package rules

import "unicode"

// language guesses the language from script and small words: an ISO 639-1 code, "und" when it cannot be told.
// Romanised Hindi ("stock match nahi hota") is hi as well: its words are in the vocabulary.
func language(d *doc) string {
	scripts := map[string]int{}
	letters := 0
	for i := range d.toks {
		if !d.toks[i].word {
			continue
		}
		for _, r := range d.toks[i].text {
			if !unicode.IsLetter(r) {
				continue
			}
			letters++
			scripts[script(r)]++
		}
	}
	if letters == 0 {
		return "und"
	}
	for _, s := range []string{"ar", "hi", "zh", "ja", "ko", "ru", "el", "he", "th", "ta", "te", "bn", "gu"} {
		if scripts[s]*2 > letters {
			return s
		}
	}
	return latinLanguage(d)
}

func script(r rune) string {
	switch {
	case r < 0x250:
		return "latin"
	case unicode.Is(unicode.Arabic, r):
		return "ar"
	case unicode.Is(unicode.Devanagari, r):
		return "hi"
	case unicode.Is(unicode.Hiragana, r), unicode.Is(unicode.Katakana, r):
		return "ja"
	case unicode.Is(unicode.Han, r):
		return "zh"
	case unicode.Is(unicode.Hangul, r):
		return "ko"
	case unicode.Is(unicode.Cyrillic, r):
		return "ru"
	case unicode.Is(unicode.Greek, r):
		return "el"
	case unicode.Is(unicode.Hebrew, r):
		return "he"
	case unicode.Is(unicode.Thai, r):
		return "th"
	case unicode.Is(unicode.Tamil, r):
		return "ta"
	case unicode.Is(unicode.Telugu, r):
		return "te"
	case unicode.Is(unicode.Bengali, r):
		return "bn"
	case unicode.Is(unicode.Gujarati, r):
		return "gu"
	}
	return "latin"
}

// latinLanguage counts small words that belong to one language. English wins a tie and the empty case.
func latinLanguage(d *doc) string {
	counts := map[string]int{}
	words := 0
	for i := range d.toks {
		if !d.toks[i].word || d.toks[i].num {
			continue
		}
		words++
		if l := smallWord(d.toks[i].text); l != "" {
			counts[l]++
		}
	}
	best := "en"
	for _, l := range []string{"es", "de", "fr", "pt", "it", "nl", "tr", "pl", "id", "hi"} {
		if counts[l] > counts[best] && counts[l] >= 2 {
			best = l
		}
	}
	return best
}

func smallWord(w string) string {
	switch w {
	case "the", "and", "of", "to", "is", "are", "we", "our", "for", "with", "on", "in", "it", "this", "that", "have", "has", "not", "from", "by", "at", "i", "my", "you", "your", "they", "be", "was", "but", "or", "as", "any", "need", "can", "please":
		return "en"
	case "el", "los", "las", "una", "que", "por", "para", "con", "del", "somos", "nos", "pero", "muy", "esta", "cada", "todo", "tenemos", "necesitamos", "hay", "y", "mas", "sin", "su", "al", "lo", "se", "es", "nuestro", "nuestra", "como":
		return "es"
	case "wir", "und", "der", "das", "ist", "nicht", "eine", "ein", "fur", "mit", "auf", "bei", "uns", "werden", "sind", "haben", "auch", "alles", "zu", "den", "dem", "von", "pro", "suchen", "im", "unser", "unsere", "kein", "keine", "ich", "sie":
		return "de"
	case "le", "les", "des", "est", "nous", "vous", "pour", "avec", "dans", "une", "sur", "pas", "notre", "sont", "aux", "et", "du", "ce", "cette", "qui", "plus", "mais", "bonjour", "avons", "cherchons":
		return "fr"
	case "os", "nao", "uma", "com", "dos", "nossa", "nosso", "temos", "estamos", "voces", "isso", "ao", "pela", "pelo", "precisamos", "em":
		return "pt"
	case "il", "gli", "della", "che", "per", "sono", "abbiamo", "nostro", "nostra", "anche", "non", "di", "con i", "delle", "cerchiamo", "siamo":
		return "it"
	case "het", "een", "van", "wij", "niet", "voor", "met", "onze", "zijn", "hebben", "naar", "zoeken", "ons", "en het":
		return "nl"
	case "ve", "bir", "icin", "ile", "bu", "cok", "biz", "degil", "ariyoruz", "yok", "gibi":
		return "tr"
	case "jest", "nie", "sie w", "dla", "nasz", "nasza", "mamy", "szukamy", "oraz", "przez":
		return "pl"
	case "dan", "yang", "untuk", "kami", "dengan", "tidak", "ada", "kita", "perlu", "sistem kami":
		return "id"
	case "hai", "hain", "ka", "ki", "ke", "nahi", "nahin", "aur", "mein", "hum", "kya", "koi", "kar", "raha", "rahe", "rahi", "hota", "hoti", "hote", "karna", "chahiye", "par", "bhi", "tha", "kal", "aaj", "ko", "karte", "karta", "sab", "yeh", "wala", "gaya", "ho", "pe":
		return "hi"
	}
	return ""
}

// readable reports whether the vocabularies hold enough of a language to judge by.
func readable(lang string) bool {
	switch lang {
	case "en", "hi", "es", "de", "ar", "und":
		return true
	}
	return false
}
