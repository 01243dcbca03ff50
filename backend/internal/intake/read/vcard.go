package read

import (
	"errors"
	"io"
	"os"
	"strings"

	"github.com/emersion/go-vcard"
)

// maxCard is the largest card; those with a picture have some hundred kilobytes.
const maxCard = 4 << 20

// openVCard reads cards of versions 2.1, 3.0 and 4.0; a broken card costs only itself.
func openVCard(f *os.File, size int64, t *Table) error {
	text, ok := textOf(f, size, t.Encoding)
	if !ok {
		return unknownEncoding(t.Encoding)
	}
	l := newLines(text)
	t.Columns = []string{"Full Name", "First Name", "Middle Name", "Last Name", "Email", "Phone", "Company", "Department", "Title", "Website", "Notes", "Address", "Country", "Birthday", "Categories", "UID", "Social Profile"}
	number := 0
	t.next = func() (Row, error) {
		raw, whole, err := cardText(l)
		if err != nil {
			return Row{}, err
		}
		number++
		row := Row{Number: number, Raw: cut(raw, rawKept), Cells: make([]string, len(t.Columns))}
		card, derr := vcard.NewDecoder(strings.NewReader(plainCard(raw))).Decode()
		if !whole || derr != nil {
			row.Reject = &Problem{Code: "vcard_broken", Message: "this card is not whole: it must run from BEGIN:VCARD to END:VCARD"}
			return row, nil //nolint:nilerr // the row says it
		}
		row.Cells = cardCells(card)
		row.Reject = tooLarge(t.Columns, row.Cells)
		return row, nil
	}
	return nil
}

// cardText collects the lines of the next card; whole is false if it ends early or is too large.
func cardText(l *lines) (raw string, whole bool, err error) {
	var b strings.Builder
	for {
		line, cutOff, err := l.next()
		if errors.Is(err, io.EOF) && b.Len() > 0 {
			return b.String(), false, nil
		}
		if err != nil {
			return "", false, err
		}
		up := strings.ToUpper(strings.TrimSpace(line))
		if b.Len() == 0 && up != "BEGIN:VCARD" {
			continue // between cards
		}
		if b.Len() > 0 && up == "BEGIN:VCARD" {
			l.push([]string{line})
			return b.String(), false, nil
		}
		if cutOff || b.Len()+len(line) > maxCard {
			return cut(b.String(), rawKept), false, nil
		}
		b.WriteString(line)
		b.WriteByte('\n')
		if up == "END:VCARD" {
			return b.String(), true, nil
		}
	}
}

func cardCells(c vcard.Card) []string {
	n := c.Name()
	if n == nil {
		n = &vcard.Name{}
	}
	org, dept := orgParts(c.PreferredValue(vcard.FieldOrganization))
	var street, country string
	if a := c.Address(); a != nil {
		street = joinFilled(", ", a.StreetAddress, a.PostalCode, a.Locality, a.Region)
		country = a.Country
	}
	full := c.PreferredValue(vcard.FieldFormattedName)
	first, middle, last := n.GivenName, n.AdditionalName, n.FamilyName
	if full == "" {
		full = joinFilled(" ", first, middle, last)
	}
	return []string{
		full, first, middle, last, joinAll(c, vcard.FieldEmail), joinAll(c, vcard.FieldTelephone), org, dept,
		c.PreferredValue(vcard.FieldTitle), c.PreferredValue(vcard.FieldURL), joinAll(c, vcard.FieldNote), street, country,
		c.PreferredValue(vcard.FieldBirthday), c.PreferredValue(vcard.FieldCategories), c.PreferredValue(vcard.FieldUID), c.PreferredValue("X-SOCIALPROFILE"),
	}
}

// orgParts: company;department, where the library has already turned "\," to ",".
func orgParts(s string) (org, dept string) {
	org, dept, _ = strings.Cut(s, ";")
	return strings.TrimSpace(org), strings.TrimSpace(strings.ReplaceAll(dept, ";", ", "))
}

// joinAll lists every value of a field, the preferred first; tel: URIs lose their scheme.
func joinAll(c vcard.Card, field string) string {
	var all []string
	if p := c.Preferred(field); p != nil {
		all = append(all, p.Value)
	}
	for _, v := range c.Values(field) {
		if len(all) == 0 || v != all[0] {
			all = append(all, v)
		}
	}
	for i := range all {
		all[i] = strings.TrimPrefix(strings.TrimPrefix(all[i], "tel:"), "mailto:")
	}
	return strings.Join(all, "\n")
}

func joinFilled(sep string, parts ...string) string {
	var keep []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			keep = append(keep, p)
		}
	}
	return strings.Join(keep, sep)
}
