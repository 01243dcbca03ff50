package intake

import (
	"context"
	"errors"
	"io"
	"os"

	"winnow/backend/internal/fault"
)

// File opens the file of an import as it was sent. It is kept for 30 days. Fault: NotFound. The caller closes it.
func (s *Service) File(ctx context.Context, importID string) (*Import, io.ReadCloser, error) {
	imp, err := s.Get(ctx, importID)
	if err != nil {
		return nil, nil, err
	}
	gone := fault.New(fault.NotFound, "import_file_gone", "The file of this import is not kept any more: files stay for 30 days.")
	if imp.Path == "" {
		return nil, nil, gone
	}
	f, err := os.Open(imp.Path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil, gone
	}
	if err != nil {
		return nil, nil, fault.Wrap(err, fault.Unavailable, "import_file_unreadable", "The file of this import cannot be read now. Look into the data folder's rights.")
	}
	return imp, f, nil
}
