package profile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"winnow/backend/internal/config/yamldoc"
	"winnow/backend/internal/fault"
)

// LoadDir reads company.yaml, audience.yaml and pain_points.yaml of a folder as a Set of version 1 that is named after
// the folder. Faults: NotFound when the folder is none, Invalid with every fault of every file.
func LoadDir(dir string) (*Set, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, fault.Newf(fault.NotFound, "profile_folder_missing", "There is no folder %s. Make a profile with: winnow init --dir %s", dir, dir)
	}
	docs, err := readDocs(dir)
	if err != nil {
		return nil, err
	}
	return compile(filepath.Base(filepath.Clean(dir)), 1, docs, inDir(dir))
}

// inDir names the file of a kind in a folder.
func inDir(dir string) func(kind string) string {
	return func(kind string) string { return filepath.Join(dir, FileName(kind)) }
}

// readDocs reads the documents that a folder holds; a missing one is left out.
func readDocs(dir string) (map[string]string, error) {
	docs := map[string]string{}
	for _, kind := range Kinds() {
		text, err := readText(filepath.Join(dir, FileName(kind)))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fault.Wrap(err, fault.Unavailable, "profile_file_unreadable", "The profile file "+filepath.Join(dir, FileName(kind))+" cannot be read. Check its permissions.")
		}
		docs[kind] = text
	}
	return docs, nil
}

// readText reads at most one byte more than a document may have: enough for Parse to refuse it.
func readText(path string) (string, error) {
	f, err := os.Open(path) //nolint:gosec // the operator's own profile folder
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(io.LimitReader(f, yamldoc.MaxBytes+1))
	return string(b), errors.Join(err, f.Close())
}
