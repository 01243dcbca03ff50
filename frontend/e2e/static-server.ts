import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** A plain file host with the fallback to index.html and a strict policy, as a CDN would be set up. */
export async function serveFiles(
  root: string,
  port: number,
  api: string,
): Promise<{ stop: () => Promise<void> }> {
  const policy = `default-src 'self'; connect-src ${api} ${api.replace('http', 'ws')}; object-src 'none'; base-uri 'none'`
  const server = createServer((request, response) => {
    void (async () => {
      const path = normalize(new URL(request.url ?? '/', 'http://x').pathname)
      const wanted = join(root, path)
      const found = await stat(wanted).catch(() => null)
      const file = found?.isFile() ? wanted : join(root, 'index.html')
      const exists = await stat(file).catch(() => null)
      response.setHeader('Content-Security-Policy', policy)
      response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream')
      if (exists) createReadStream(file).pipe(response)
      else response.end('<!doctype html><title>empty</title>')
    })()
  })
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  return {
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}
