package config

// Secrets are the values of every setting that must never be shown or logged.
func (c Config) Secrets() []string {
	var out []string
	for _, s := range []Secret{c.Security.SecretKey, c.AI.APIKey, c.Mail.SMTPURL, c.Data.DatabaseURL, c.Data.RedisURL, c.Server.MetricsToken} {
		if s != "" {
			out = append(out, s.Reveal())
		}
	}
	return out
}
