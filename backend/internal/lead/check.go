package lead

import "context"

// Check tells whether a filter, a search and an order can be used, by the same rules as List. Fault: Invalid.
func (s *Store) Check(ctx context.Context, filterText, q, sort string) error {
	if _, err := s.criteria(ctx, filterText, q); err != nil {
		return err
	}
	_, err := parseSort(sort)
	return err
}
