package httpapi

// The head of the contract; scripts/generate.sh reads it and every handler's annotations.
//
//	@title						Winnow API
//	@version					1
//	@description				Everything that the web app can do. Errors are RFC 9457 problem documents with a stable code.
//	@description				Sign in with a session (cookies and the header X-Winnow-CSRF: 1 on writes), or with an API key.
//	@basePath					/api/v1
//	@schemes					http https
//	@accept						json
//	@produce					json
//	@securityDefinitions.apikey	ApiKey
//	@in							header
//	@name						Authorization
//	@description				Bearer wnw_…, made under Settings
//	@securityDefinitions.apikey	Session
//	@in							header
//	@name						X-Winnow-CSRF
//	@description				The session's cookies; this header on every write
