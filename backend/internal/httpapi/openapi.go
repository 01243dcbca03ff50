package httpapi

// What the generated contract says of the API as a whole; the routes stand at their handlers.
//
//	@title						Winnow API
//	@version					1
//	@description				Raw finds become leads, qualified with proof. Errors are RFC 9457 problem documents with a stable code. Changing requests of a browser session need the header X-Winnow-CSRF: 1; requests with an API key do not.
//	@BasePath					/api/v1
//	@accept						json
//	@produce					json
//	@securityDefinitions.apikey	ApiKey
//	@in							header
//	@name						Authorization
//	@description				"Bearer wnw_…", made under Settings, API keys.
//	@securityDefinitions.apikey	Session
//	@in							cookie
//	@name						winnow_access
//	@description				Set by POST /auth/login.
