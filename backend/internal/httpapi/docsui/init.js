// Starts Swagger UI. It stands in a file of its own because our pages run no inline script.
window.ui = SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  docExpansion: 'list',
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
  // "Try it out" with the browser's own session, as the web app does.
  requestInterceptor: (request) => {
    request.headers['X-Winnow-CSRF'] = '1'
    return request
  },
})
