package similar

// Sound is a short key for how a word sounds: words that are heard alike mostly share it, whatever their first letter
// ("Catherine", "Kathryn"; "Philip", "Filip"; "Meyer", "Maier"). Vowels count only as the beginning.
func Sound(word string) string {
	var out [6]byte
	n, last := 0, byte(0)
	word = silentStart(word)
	for i := 0; i < len(word) && n < len(out); {
		code, step := soundAt(word, i)
		i += step
		if code == 0 || code == 'a' && n > 0 || code == last {
			continue
		}
		out[n], last = code, code
		n++
	}
	return string(out[:n])
}

func silentStart(w string) string {
	if len(w) < 2 {
		return w
	}
	switch w[:2] {
	case "kn", "gn", "pn", "wr", "ps":
		return w[1:]
	}
	return w
}

// soundAt is the sound that begins at i, and how many letters make it; 0 is silence.
func soundAt(w string, i int) (code byte, step int) {
	next := byte(0)
	if i+1 < len(w) {
		next = w[i+1]
	}
	if code, ok := pairSound(w[i], next); ok {
		return code, 2
	}
	switch w[i] {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return 'a', 1
	case 'b', 'p':
		return 'p', 1
	case 'c':
		if next == 'e' || next == 'i' || next == 'y' {
			return 's', 1
		}
		return 'k', 1
	case 'd', 't':
		return 't', 1
	case 'f', 'v', 'w':
		if w[i] == 'w' && i > 0 {
			return 0, 1
		}
		return 'f', 1
	case 'g', 'k', 'q', 'x':
		return 'k', 1
	case 'j':
		return 'j', 1
	case 'l':
		return 'l', 1
	case 'm', 'n':
		return 'n', 1
	case 'r':
		return 'r', 1
	case 's', 'z':
		return 's', 1
	}
	return 0, 1
}

func pairSound(a, b byte) (byte, bool) {
	switch string([]byte{a, b}) {
	case "ph":
		return 'f', true
	case "gh":
		return 0, true
	case "sh", "sz":
		return 's', true
	case "ch", "ck":
		return 'k', true
	case "th", "dt":
		return 't', true
	}
	return 0, false
}
