package resolution

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// buckets sorts more keys than memory should hold: they are spread over files by their first bits, and each file is sorted
// by itself. The files hold hashes and numbers alone and go when it is closed.
type buckets struct {
	dir   string
	files [bucketCount]*os.File
	into  [bucketCount]*bufio.Writer
}

const (
	bucketBits  = 6
	bucketCount = 1 << bucketBits
	keyBytes    = 16
)

func newBuckets() (*buckets, error) {
	dir, err := os.MkdirTemp("", "winnow-keys-")
	if err != nil {
		return nil, fmt.Errorf("make a folder to sort keys in: %w", err)
	}
	b := &buckets{dir: dir}
	for i := range b.files {
		if b.files[i], err = os.Create(filepath.Join(dir, strconv.Itoa(i))); err != nil { //nolint:gosec // a folder of our own
			return nil, errors.Join(fmt.Errorf("make a file to sort keys in: %w", err), b.close())
		}
		b.into[i] = bufio.NewWriterSize(b.files[i], 16<<10)
	}
	return b, nil
}

// bucketOf is the place of a hash among the buckets, which are in the order of hashes.
func bucketOf(hash int64) int {
	return int((uint64(hash) ^ 1<<63) >> (64 - bucketBits)) //nolint:gosec // any bits
}

// highest is the highest hash of a bucket.
func highest(bucket int) int64 {
	return int64((uint64(bucket+1)<<(64-bucketBits) - 1) ^ 1<<63) //nolint:gosec // any bits
}

func (b *buckets) add(k keyRow) error {
	var raw [keyBytes]byte
	binary.LittleEndian.PutUint64(raw[:8], uint64(k.Hash)) //nolint:gosec // any bits
	binary.LittleEndian.PutUint64(raw[8:], uint64(k.Lead)) //nolint:gosec // any bits
	_, err := b.into[bucketOf(k.Hash)].Write(raw[:])
	return err
}

// sorted is the keys of a bucket in order.
func (b *buckets) sorted(bucket int) ([]keyRow, error) {
	if err := b.into[bucket].Flush(); err != nil {
		return nil, fmt.Errorf("sort keys: %w", err)
	}
	if _, err := b.files[bucket].Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("sort keys: %w", err)
	}
	raw, err := io.ReadAll(b.files[bucket])
	if err != nil {
		return nil, fmt.Errorf("sort keys: %w", err)
	}
	rows := make([]keyRow, len(raw)/keyBytes)
	for i := range rows {
		at := raw[i*keyBytes:]
		rows[i] = keyRow{int64(binary.LittleEndian.Uint64(at)), int64(binary.LittleEndian.Uint64(at[8:]))} //nolint:gosec // any bits
	}
	slices.SortFunc(rows, keyRow.before)
	return rows, nil
}

func (b *buckets) close() error {
	var errs []error
	for _, f := range b.files {
		if f != nil {
			errs = append(errs, f.Close())
		}
	}
	return errors.Join(append(errs, os.RemoveAll(b.dir))...)
}
