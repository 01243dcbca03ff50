package resolution

// SetWidth says how many chunks of leads a sweep works at abreast.
func (s *Service) SetWidth(n int) { s.width = n }

// TellAlways tells the log of every step of a sweep.
func (s *Service) TellAlways() { s.tell = 0 }
