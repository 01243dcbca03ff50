package httpapi

func (s *Server) mountUI() {}
