package wizard

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/profile"
)

// WriteFiles puts documents (kind → YAML) into a folder, made if need be, and returns the paths. Existing files are kept
// unless force is set; then each is kept beside the new one with .bak at its end. All files are written in full before
// the first is put in place, so a full disk leaves what was there. Faults: Conflict when files exist, Unavailable.
func WriteFiles(dir string, docs map[string]string, force bool) ([]string, error) {
	var paths, there []string
	for _, kind := range profile.Kinds() {
		path := filepath.Join(dir, profile.FileName(kind))
		paths = append(paths, path)
		if _, err := os.Lstat(path); err == nil {
			there = append(there, path)
		}
	}
	if len(there) > 0 && !force {
		return nil, fault.Newf(fault.Conflict, "profile_files_exist", "Nothing was written: %s exist(s) already. Give another folder with --dir, or --force to replace them (the old ones stay with .bak at their end).", strings.Join(there, ", "))
	}
	if err := replace(dir, docs, there); err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "profile_files_unwritable", "The profile cannot be written to "+dir+". Check the folder's permissions and free space.")
	}
	return paths, nil
}

func replace(dir string, docs map[string]string, there []string) (err error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	fresh := map[string]string{} // temporary → final
	defer func() {
		for tmp := range fresh {
			if e := os.Remove(tmp); e != nil && !errors.Is(e, fs.ErrNotExist) {
				err = errors.Join(err, e)
			}
		}
	}()
	for _, kind := range profile.Kinds() {
		f, err := os.CreateTemp(dir, ".profile-*")
		if err != nil {
			return err
		}
		fresh[f.Name()] = filepath.Join(dir, profile.FileName(kind))
		_, err = f.WriteString(docs[kind])
		if err := errors.Join(err, f.Chmod(0o640), f.Sync(), f.Close()); err != nil {
			return err
		}
	}
	for _, path := range there {
		if err := os.Rename(path, path+".bak"); err != nil {
			return fmt.Errorf("keep the old file: %w", err)
		}
	}
	for tmp, path := range fresh {
		if err := os.Rename(tmp, path); err != nil {
			return err
		}
	}
	return nil
}
