package config

// setting is the metadata of one leaf of Config: its names, default and meaning, and how its text becomes a value.
// The reference docs/configuration.md is written from this table.
type setting struct {
	env   string             // name of the variable without WINNOW_
	key   string             // dotted key in winnow.yaml; empty = not allowed in files
	def   string             // default, in the text form of the variable
	doc   string             // one or two sentences for the operator
	about string             // how an empty or special default comes out, for the reference
	set   func(string) error // parses the text into the Config; the error says what is wrong and how to mend it
}

// secret reports whether the setting may only come from the environment or a *_FILE.
func (s setting) secret() bool { return s.key == "" && s.env != "ENV" }

// settings lists every setting of c, in the order of the reference.
func settings(c *Config) []setting {
	var all []setting
	for _, group := range [][]setting{
		processSettings(c), serverSettings(c), dataSettings(c), aiSettings(c), mailSettings(c), fetchSettings(c), logSettings(c),
	} {
		all = append(all, group...)
	}
	return all
}

func processSettings(c *Config) []setting {
	return []setting{
		{
			env: "ENV", def: "development", set: oneOf(&c.Env, "development", "staging", "production"),
			doc: "Which `winnow.<env>.yaml` is read over `winnow.yaml`: development, staging or production. It changes nothing else: the defaults are the safe ones everywhere.",
		},
		{
			env: "ROLES", key: "roles", def: "api,worker,scheduler", set: roles(&c.Process.Roles),
			doc: "What this process does: any of api, worker, scheduler.",
		},
		{
			env: "WORKERS", key: "workers", def: "0", set: workers(&c.Process.Workers), about: "twice the processors, at least 4",
			doc: "Jobs that run at once in this process; 0 = twice the number of processors, at least 4.",
		},
		{
			env: "SECRET_KEY", set: secretKey(&c.Security.SecretKey), about: "made in the data folder",
			doc: "The key that sessions and stored secrets are protected with: at least 32 random bytes (`openssl rand -hex 32`). Alone (SQLite) it is made and kept as `secret.key` in the data folder, mode 0600. Required with PostgreSQL, the same for every process.",
		},
		{
			env: "CURRENCY", key: "currency", def: "USD", set: currencyCode(&c.Currency),
			doc: "ISO 4217 code in which prices and budgets are counted.",
		},
	}
}

func serverSettings(c *Config) []setting {
	s := &c.Server
	return []setting{
		{
			env: "ADDR", key: "server.addr", def: "127.0.0.1:8080", set: hostPort(&s.Addr),
			doc: "Address and port to listen on. `0.0.0.0:8080` listens on every interface: put HTTPS before it.",
		},
		{
			env: "BASE_URL", key: "server.base_url", set: origin(&s.BaseURL), about: "http://localhost and the port of WINNOW_ADDR",
			doc: "Address under which people reach Winnow, without a path, e.g. `https://winnow.example.com`. With https, cookies are Secure.",
		},
		{
			env: "TRUSTED_PROXIES", key: "server.trusted_proxies", set: prefixes(&s.TrustedProxies), about: "none",
			doc: "Addresses or networks (CIDR) of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.",
		},
		{
			env: "ALLOWED_ORIGINS", key: "server.allowed_origins", set: listOf(&s.AllowedOrigins, parseOrigin), about: "none",
			doc: "Other origins (`https://app.example.com`) whose pages may call the API and the WebSocket with cookies. `*` is refused.",
		},
		{
			env: "ALLOW_HOSTS", key: "server.allow_hosts", set: listOf(&s.AllowHosts, parseHostPort), about: "none",
			doc: "`host:port` of private servers that outgoing HTTP may reach all the same, e.g. `ollama.internal:11434`. The host of WINNOW_AI_BASE_URL needs no entry.",
		},
		{
			env: "MAX_UPLOAD_MB", key: "server.max_upload_mb", def: "100", set: number(&s.MaxUploadMB, 1, 10_000),
			doc: "Largest file that may be uploaded, in MiB (1 to 10000).",
		},
		{
			env: "METRICS_TOKEN", set: token(&s.MetricsToken), about: "none: /metrics answers on loopback only",
			doc: "Bearer token with which `/metrics` may be read from other machines; at least 16 characters.",
		},
	}
}

func dataSettings(c *Config) []setting {
	d := &c.Data
	return []setting{
		{
			env: "DATA_DIR", key: "data.dir", def: "data", set: required(&d.Dir),
			doc: "Folder of the SQLite file, the secret key and uploaded files. Relative to the working directory.",
		},
		{
			env: "PROFILE_DIR", key: "data.profile_dir", set: text(&d.ProfileDir), about: "`profile` in the data folder",
			doc: "Folder of `company.yaml`, `audience.yaml` and `pain_points.yaml`. They seed the profile and are read again when they change; without the folder a template is used.",
		},
		{ //nolint:gosec // an example, no credentials
			env: "DATABASE_URL", set: secretURL(&d.DatabaseURL, "postgres://user:password@host:5432/winnow", "postgres", "postgresql"), about: "SQLite in the data folder",
			doc: "PostgreSQL (15 or later) to use, `postgres://user:password@host:5432/winnow`.",
		},
		{
			env: "REDIS_URL", set: secretURL(&d.RedisURL, "redis://:password@host:6379/0", "redis", "rediss"), about: "cache and live events in memory",
			doc: "Redis (7 or later) for cache, live events and shared limits, `redis://:password@host:6379/0` or `rediss://…`.",
		},
		{
			env: "CACHE_TTL", key: "data.cache_ttl", def: "30d", set: duration(&d.CacheTTL),
			doc: "How long an analysis of the same text under the same profile may be answered from the cache; e.g. `12h`, `30d`. 0 = never.",
		},
		{
			env: "CHECK_MAIL_DOMAINS", key: "data.check_mail_domains", def: "on", set: onOff(&d.CheckMailDomains),
			doc: "`on` or `off`. Whether the name service (DNS) is asked which domains of leads' e-mail addresses take mail, for the page *Data quality*. It tells the domains, never an address, to the machine's resolver. Where none answers, nothing is said of a domain.",
		},
	}
}

func aiSettings(c *Config) []setting {
	a := &c.AI
	return []setting{
		{
			env: "AI_BASE_URL", key: "ai.base_url", set: webURL(&a.BaseURL), about: "none: built-in rules only",
			doc: "Address of an OpenAI-compatible API, e.g. `https://api.openai.com/v1` or `http://localhost:11434/v1`.",
		},
		{
			env: "AI_API_KEY", set: secretText(&a.APIKey), about: "none",
			doc: "Key of that API. A local model needs none.",
		},
		{
			env: "AI_MODEL", key: "ai.model", set: text(&a.Model), about: "none",
			doc: "Name of the model, as the API calls it. Required with WINNOW_AI_BASE_URL.",
		},
		{
			env: "AI_PRICE_IN", key: "ai.price_in", set: price(&a.PriceIn), about: "not stated, counted as 0",
			doc: "Price of a million input tokens in WINNOW_CURRENCY, e.g. `0.25`; up to six decimals. State 0 for a free model.",
		},
		{
			env: "AI_PRICE_OUT", key: "ai.price_out", set: price(&a.PriceOut), about: "not stated, counted as 0",
			doc: "Price of a million output tokens in WINNOW_CURRENCY, e.g. `2.00`.",
		},
		{
			env: "AI_RPM", key: "ai.rpm", def: "500", set: number(&a.RPM, 0, 1_000_000),
			doc: "Requests per minute at most; 0 = no bound but the provider's.",
		},
		{
			env: "AI_TPM", key: "ai.tpm", def: "200000", set: number(&a.TPM, 0, 1_000_000_000),
			doc: "Tokens per minute at most; 0 = no bound but the provider's.",
		},
		{
			env: "AI_CONCURRENCY", key: "ai.concurrency", def: "8", set: number(&a.Concurrency, 1, 1000),
			doc: "Calls to the model at once (1 to 1000).",
		},
	}
}

func mailSettings(c *Config) []setting {
	return []setting{
		{
			env: "SMTP_URL", set: secretURL(&c.Mail.SMTPURL, "smtp://user:password@host:587", "smtp", "smtps"), about: "none: invitations and resets are links to copy",
			doc: "Mail server for invitations, resets and reminders, `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`.",
		},
		{
			env: "MAIL_FROM", key: "mail.from", set: mailbox(&c.Mail.From), about: "none",
			doc: "Sender of those mails, e.g. `Winnow <winnow@example.com>`. Required with WINNOW_SMTP_URL.",
		},
	}
}

func fetchSettings(c *Config) []setting {
	return []setting{
		{
			env: "FETCH_CONTACT", key: "fetch.contact", set: contact(&c.Fetch.Contact), about: "WINNOW_BASE_URL",
			doc: "Web address or `mailto:` under which owners of sites reach you; every request for a page tells it.",
		},
		{
			env: "FETCH_PROXIES", set: listOf(&c.Fetch.Proxies, parseProxy), about: "none: requests go straight out",
			doc: "Proxies that carry requests for pages, `http://user:password@host:8080`, `https://…` or `socks5://…`; each host always has the same one. Private addresses stay shut behind them too.",
		},
		{
			env: "FETCH_BROWSER", key: "fetch.browser", set: text(&c.Fetch.Browser), about: "the Chromium that is installed",
			doc: "Path of Chromium, for pages that show nothing without their scripts; `off` = never.",
		},
	}
}

func logSettings(c *Config) []setting {
	return []setting{
		{
			env: "LOG_LEVEL", key: "log.level", def: "info", set: level(&c.Log.Level),
			doc: "Least level that is logged: debug, info, warn or error.",
		},
		{
			env: "LOG_DIR", key: "log.dir", set: text(&c.Log.Dir), about: "standard output only",
			doc: "Folder for rotating `app.log`, `error.log` and `api.log` beside standard output.",
		},
		{
			env: "LOG_MAX_MB", key: "log.max_mb", def: "50", set: number(&c.Log.MaxMB, 1, 10_000),
			doc: "Size in MiB at which a log file is rotated (1 to 10000).",
		},
	}
}
