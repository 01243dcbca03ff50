import type { RequestHandler } from 'msw'
import type { Plugin, ViteDevServer } from 'vite'

/** Lets `vite --mode mock` answer /api from the test handlers, so pages can be built without a server. */
export function mockApi(): Plugin {
  return { name: 'mock-api', configureServer: addAnswers }
}

function addAnswers(server: ViteDevServer): void {
  server.middlewares.use((req, res, next) => {
    if (!req.url?.startsWith('/api/')) return next()
    const url = `http://${req.headers.host ?? 'localhost'}${req.url}`
    const method = req.method ?? 'GET'
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const body = method === 'GET' || chunks.length === 0 ? undefined : Buffer.concat(chunks)
      const headers = { 'content-type': req.headers['content-type'] ?? '' }
      answer(server, new Request(url, { method, headers, body }))
        .then(async (response) => {
          res.statusCode = response.status
          response.headers.forEach((value, name) => res.setHeader(name, value))
          res.end(Buffer.from(await response.arrayBuffer()))
        })
        .catch(next)
    })
  })
}

async function answer(server: ViteDevServer, request: Request): Promise<Response> {
  // Loaded through Vite so that the "@/" alias and hot reload hold for them too.
  const { getResponse } = await import('msw')
  const { handlers } = (await server.ssrLoadModule('/src/testing/handlers.ts')) as {
    handlers: RequestHandler[]
  }
  return (await getResponse(handlers, request)) ?? new Response('{}', { status: 404 })
}
