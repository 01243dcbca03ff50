import { readdirSync, readFileSync } from 'node:fs'

// The scripts a browser fetches to show a page on a cold cache: what index.html
// names, the app's frame, the page, and everything these import.
const ASSETS = 'dist/assets/'
const files = readdirSync(ASSETS).filter((name) => name.endsWith('.js'))

function chunk(name) {
  const found = files.find((file) => file.startsWith(`${name}-`))
  if (!found) throw new Error(`dist has no chunk ${name}; run "npm run build" first`)
  return found
}

function withImports(names) {
  const seen = new Set()
  const walk = (name) => {
    if (seen.has(name)) return
    seen.add(name)
    const text = readFileSync(ASSETS + name, 'utf8')
    for (const [, imported] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) walk(imported)
  }
  names.forEach(walk)
  return [...seen].map((name) => ASSETS + name)
}

const html = readFileSync('dist/index.html', 'utf8')
const first = [...html.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map((match) => match[1])

const page = (name, limit, ...chunks) => ({
  name: `${name}, script on a cold cache`,
  path: withImports([...first, ...chunks.map(chunk)]),
  limit,
  gzip: true,
})

export default [
  // The first load: where people come in.
  page('sign-in', '200 kB', 'login-page'),
  page('home', '200 kB', 'app-shell', 'home-page'),
  // Opened directly from a link; from home these cost 35 kB and 11 kB more.
  page('leads', '235 kB', 'app-shell', 'leads-page'),
  page('a lead', '212 kB', 'app-shell', 'lead-page'),
]
