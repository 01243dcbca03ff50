package evalset

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/fault"
)

// Case is one saved document and, where somebody wrote one, its right answer.
type Case struct {
	Connector string // the folder's name
	Path      string // relative to the folder that is measured
	Document  page.Document
	Beside    []page.Document
	Answer    *Answer // nil: unscored
}

const (
	answerSuffix = ".expected.json"
	maxFile      = 64 << 20
)

// Load reads CONNECTOR/NAME.{html,json,xml,…} below dir, at any depth, with NAME.expected.json beside it.
func Load(dir string) (cases []Case, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "folder_unreadable", "The folder "+dir+" cannot be read.")
	}
	defer func() { _ = root.Close() }()
	byFolder := map[string][]string{}
	err = fs.WalkDir(root.FS(), ".", func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && readable(path) {
			byFolder[filepath.Dir(path)] = append(byFolder[filepath.Dir(path)], path)
		}
		return err
	})
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "folder_unreadable", "The folder "+dir+" cannot be read.")
	}
	folders := make([]string, 0, len(byFolder))
	for f := range byFolder {
		folders = append(folders, f)
	}
	slices.Sort(folders)
	for _, folder := range folders {
		got, err := loadFolder(root, dir, folder, byFolder[folder])
		if err != nil {
			return nil, err
		}
		cases = append(cases, got...)
	}
	if len(cases) == 0 {
		return nil, fault.Newf(fault.Invalid, "folder_empty", "%s holds no saved pages. Expected is CONNECTOR/NAME.html (or .json, .xml) with NAME.expected.json beside it.", dir)
	}
	return cases, nil
}

func readable(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".html", ".htm", ".json", ".xml", ".csv", ".eml", ".rss", ".atom", ".ndjson", ".jsonl", ".txt", ".xhtml":
		return !strings.HasPrefix(filepath.Base(path), ".")
	}
	return false
}

func loadFolder(root *os.Root, dir, folder string, paths []string) (cases []Case, err error) {
	connector, _, _ := strings.Cut(filepath.ToSlash(folder), "/")
	if connector == "." {
		abs, err := filepath.Abs(dir)
		if err != nil {
			return nil, fmt.Errorf("find the folder's name: %w", err)
		}
		connector = filepath.Base(abs)
	}
	slices.Sort(paths)
	bodies := map[string][]byte{}
	for _, p := range paths {
		if bodies[p], err = readFile(root, p); err != nil {
			return nil, err
		}
	}
	taken := map[string]bool{}
	for _, p := range paths {
		if strings.HasSuffix(p, answerSuffix) || taken[p] {
			continue
		}
		answer, from, err := answerOf(p, bodies)
		if err != nil {
			return nil, err
		}
		taken[from] = true
		d := page.Document{Body: bodies[p]}
		if from != "" {
			d.URL = "http://example.com/" // where the published microformats tests say that their pages are
		}
		cases = append(cases, Case{Connector: connector, Path: filepath.ToSlash(p), Document: d, Answer: answer})
	}
	cases = slices.DeleteFunc(cases, func(c Case) bool { return taken[filepath.FromSlash(c.Path)] })
	for i := range cases {
		for j := range cases {
			if i != j {
				cases[i].Beside = append(cases[i].Beside, cases[j].Document)
			}
		}
	}
	return cases, nil
}

func readFile(root *os.Root, path string) ([]byte, error) {
	f, err := root.Open(path)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "file_unreadable", "The file "+path+" cannot be read.")
	}
	defer func() { _ = f.Close() }()
	body, err := io.ReadAll(io.LimitReader(f, maxFile))
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "file_unreadable", "The file "+path+" cannot be read.")
	}
	return body, nil
}

// answerOf finds a document's answer: NAME.expected.json, NAME.html.expected.json, or beside a page the JSON that a
// microformats parser makes of it.
func answerOf(path string, bodies map[string][]byte) (*Answer, string, error) {
	stem := strings.TrimSuffix(path, filepath.Ext(path))
	for _, name := range []string{stem + answerSuffix, path + answerSuffix} {
		if body, ok := bodies[name]; ok {
			a, err := ParseAnswer(body)
			if err != nil {
				return nil, "", fault.Wrap(err, fault.Invalid, "answer_unreadable", "The answer "+name+" cannot be read: expected is a JSON list of leads in lead-field names.")
			}
			return a, "", nil
		}
	}
	if ext := strings.ToLower(filepath.Ext(path)); ext == ".html" || ext == ".htm" {
		if body, ok := bodies[stem+".json"]; ok {
			if a := parseMicroformats(body); a != nil {
				return a, stem + ".json", nil
			}
		}
	}
	return nil, "", nil
}
