package website

func (s *site) readTechnologies() {}
