package profile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
)

// Seed takes over what changed in a folder's files since they were last taken over, as a new version, and returns the
// set (nil when nothing changed). A file counts as changed when its text differs from the text last taken over, so an
// edit in the app stays until the file itself is edited afterwards. On an empty database it starts from the files, or,
// when there are none, from DefaultTemplate. Faults: Invalid with the place of every mistake (nothing is stored; the
// version before stays), Unavailable when a file cannot be read.
func (s *Service) Seed(ctx context.Context, name, dir string) (*Set, error) {
	files, err := readDocs(dir)
	if err != nil {
		return nil, err
	}
	changed := false
	set, err := s.write(ctx, name, func(tx *gorm.DB, prev *row) (*Set, []string, error) {
		set, kinds, err := s.seed(tx, name, dir, prev, files)
		changed = len(kinds) > 0
		return set, kinds, err
	})
	if err != nil || !changed {
		return nil, err
	}
	return set, nil
}

// Open is Seed for the start of a process: faulty files stop the start only when there is no profile to go on with;
// otherwise report hears of them and the profile before stays. report also hears of a new version.
func (s *Service) Open(ctx context.Context, name, dir string, report func(*Set, error)) error {
	set, err := s.Seed(ctx, name, dir)
	if err != nil {
		if _, none := s.Get(ctx, name); none != nil {
			return err
		}
	}
	if set != nil || err != nil {
		report(set, err)
	}
	return nil
}

func (s *Service) seed(tx *gorm.DB, name, dir string, prev *row, files map[string]string) (*Set, []string, error) {
	if prev == nil && len(files) == 0 {
		docs, err := TemplateFiles(DefaultTemplate)
		if err != nil {
			return nil, nil, err
		}
		return s.put(tx, name, nil, docs, FileName, "from the template "+DefaultTemplate, nil)
	}
	taken, err := seeds(tx, name)
	if err != nil {
		return nil, nil, err
	}
	changed := map[string]string{}
	var rows []seedRow
	var names []string
	for _, kind := range Kinds() {
		text, ok := files[kind]
		if sum := textSum(text); ok && sum != taken[kind] {
			changed[kind] = text
			names = append(names, FileName(kind))
			rows = append(rows, seedRow{Name: name, Kind: kind, Path: filepath.Join(dir, FileName(kind)), Checksum: sum, SeededAt: s.clock.Now()})
		}
	}
	if len(changed) == 0 && prev != nil {
		return nil, nil, nil
	}
	set, kinds, err := s.put(tx, name, prev, changed, inDir(dir), "read from "+strings.Join(names, ", "), nil)
	if err != nil {
		return nil, nil, err
	}
	return set, kinds, saveSeeds(tx, rows)
}

// Watch seeds again whenever a file of the folder has changed and then stood still for one tick, until ctx ends. The
// caller's tick sets the pace (two seconds are quick enough). report hears of each new version and each fault; a
// faulty file is reported once, not at every tick.
func (s *Service) Watch(ctx context.Context, name, dir string, tick <-chan time.Time, report func(*Set, error)) {
	before, done := "", ""
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick:
		}
		now := fingerprint(dir)
		if now == before && now != done {
			set, err := s.Seed(ctx, name, dir)
			if err == nil || fault.Is(err, fault.Invalid) {
				done = now // else try again at the next tick
			}
			if set != nil || err != nil {
				report(set, err)
			}
		}
		before = now
	}
}

// fingerprint changes when a file of the folder is written, made or removed.
func fingerprint(dir string) string {
	var b strings.Builder
	for _, kind := range Kinds() {
		info, err := os.Stat(filepath.Join(dir, FileName(kind)))
		switch {
		case err == nil:
			fmt.Fprintf(&b, "%d %d;", info.Size(), info.ModTime().UnixNano())
		case errors.Is(err, fs.ErrNotExist):
			b.WriteString("-;")
		default:
			b.WriteString("?;")
		}
	}
	return b.String()
}
