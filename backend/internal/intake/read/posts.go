package read

import (
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
)

// openPosts reads plain text with one post per block. Blocks are parted by lines of --- (or ===, ***), or, when the
// file has none, by blank lines. The first lines of a block may name the author ("Author: Jo Doe, CEO at Acme",
// "Jo Doe (CEO, Acme):", "@jo", "u/jo") and further fields ("Company: Acme", "URL: …"); the rest is the post.
func openPosts(f *os.File, size int64, t *Table) error {
	ruled, err := hasRules(f, size, t.Encoding)
	if err != nil {
		return err
	}
	text, ok := textOf(f, size, t.Encoding)
	if !ok {
		return unknownEncoding(t.Encoding)
	}
	t.Columns = postColumns()
	l := newLines(text)
	number := 0
	t.next = func() (Row, error) {
		block, reject, err := nextBlock(l, ruled)
		if err != nil {
			return Row{}, err
		}
		number++
		row := Row{Number: number, Raw: cut(strings.Join(block, "\n"), rawKept), Reject: reject, Cells: make([]string, len(t.Columns))}
		if reject == nil {
			row.Cells = postCells(block)
			row.Reject = tooLarge(t.Columns, row.Cells)
		}
		return row, nil
	}
	return nil
}

func postColumns() []string {
	return []string{"Name", "Title", "Company", "Email", "Phone", "URL", "Date", "Location", "Source", "Content"}
}

func hasRules(f *os.File, size int64, enc string) (bool, error) {
	text, ok := textOf(f, size, enc)
	if !ok {
		return false, unknownEncoding(enc)
	}
	for l := newLines(text); ; {
		line, _, err := l.next()
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if isRule(line) {
			return true, nil
		}
	}
}

func isRule(line string) bool {
	s := strings.TrimSpace(line)
	return len(s) >= 3 && (strings.Trim(s, "-") == "" || strings.Trim(s, "=") == "" || strings.Trim(s, "*") == "" || strings.Trim(s, "_") == "")
}

// nextBlock collects the lines up to the next border.
func nextBlock(l *lines, ruled bool) (block []string, reject *Problem, err error) {
	size := 0
	for {
		line, cutOff, err := l.next()
		if errors.Is(err, io.EOF) {
			if len(block) == 0 {
				return nil, nil, io.EOF
			}
			return block, reject, nil
		}
		if err != nil {
			return nil, nil, err
		}
		border := ruled && isRule(line) || !ruled && strings.TrimSpace(line) == ""
		if border && len(block) > 0 {
			return block, reject, nil
		}
		if border || len(block) == 0 && strings.TrimSpace(line) == "" {
			continue
		}
		if size += len(line); cutOff || size > MaxRecord {
			reject = &Problem{Code: "row_too_large", Message: "this block holds more than 12 MB: it is left out"}
			block = block[:min(1, len(block))]
			continue
		}
		block = append(block, line)
	}
}

var (
	postField  = regexp.MustCompile(`(?i)^(name|author|from|by|posted by|title|role|position|headline|company|organi[sz]ation|e-?mail|phone|tel|url|link|date|posted|posted at|location|source|platform)\s*:\s+(.+)$`)
	postHandle = regexp.MustCompile(`^(@[\w.]{2,40}|u/[\w-]{2,40})\s*(?:[:—–-]\s*(.*))?$`)
	postParens = regexp.MustCompile(`^([\p{L}.'’ -]{3,60}) \(([^()]{2,100})\)\s*:?\s*(.*)$`)
	postDash   = regexp.MustCompile(`^([\p{Lu}][\p{L}.'’-]+(?: [\p{Lu}][\p{L}.'’-]*){1,3})(?: [—–|-] |, )([^.!?]{2,100})$`)
)

// postCells reads the head of a block and leaves the rest as content. A block that is all head has no content: then
// its last field is still a field, not a post.
func postCells(block []string) []string {
	cells := make([]string, len(postColumns()))
	i := 0
	for i < len(block) {
		m := postField.FindStringSubmatch(strings.TrimSpace(block[i]))
		if m == nil || len(m[2]) > 300 {
			break
		}
		if c := postColumn(strings.ToLower(m[1])); cells[c] == "" {
			cells[c] = m[2]
		}
		i++
	}
	rest := block[i:]
	if i == 0 && len(block) > 1 {
		rest = authorLine(block, cells)
	} else if name := cells[0]; name != "" {
		cells[0], cells[1], cells[2] = splitAuthor(name, cells[1], cells[2])
	}
	cells[len(cells)-1] = strings.TrimSpace(strings.Join(rest, "\n"))
	return cells
}

func postColumn(field string) int {
	switch field {
	case "name", "author", "from", "by", "posted by":
		return 0
	case "title", "role", "position", "headline":
		return 1
	case "company", "organization", "organisation":
		return 2
	case "email", "e-mail":
		return 3
	case "phone", "tel":
		return 4
	case "url", "link":
		return 5
	case "date", "posted", "posted at":
		return 6
	case "location":
		return 7
	}
	return 8
}

// authorLine reads an author from the first line, if it looks like one.
func authorLine(block, cells []string) (rest []string) {
	first := strings.TrimSpace(block[0])
	if m := postHandle.FindStringSubmatch(first); m != nil {
		cells[0] = m[1]
		return append([]string{m[2]}, block[1:]...)
	}
	if m := postParens.FindStringSubmatch(first); m != nil && len(strings.Fields(m[1])) <= 4 {
		cells[0], cells[1], cells[2] = splitAuthor(m[1]+", "+m[2], "", "")
		return append([]string{m[3]}, block[1:]...)
	}
	if m := postDash.FindStringSubmatch(first); m != nil {
		cells[0], cells[1], cells[2] = splitAuthor(m[1]+", "+m[2], "", "")
		return block[1:]
	}
	return block
}

// splitAuthor reads "Jo Doe, CEO at Acme" and "Jo Doe, CEO, Acme".
func splitAuthor(s, title, company string) (string, string, string) {
	name, role, ok := strings.Cut(s, ", ")
	if !ok {
		return s, title, company
	}
	for _, sep := range []string{" at ", " @ ", ", ", " | ", " — ", " – "} {
		if t, c, ok := strings.Cut(role, sep); ok {
			role = t
			if company == "" {
				company = c
			}
			break
		}
	}
	if title == "" {
		title = role
	}
	return strings.TrimSpace(name), strings.TrimSpace(title), strings.TrimSpace(company)
}
