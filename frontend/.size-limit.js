import { readdirSync, readFileSync } from 'node:fs'

// The scripts a browser fetches to show a page on a cold cache: what index.html
// names, the app's frame, the page, and everything these import.
const ASSETS = 'dist/assets/'
const files = readdirSync(ASSETS).filter((name) => name.endsWith('.js'))

// The kit is for developing; a build that carries it has lost its condition.
for (const file of files) {
  if (readFileSync(ASSETS + file, 'utf8').includes('winnow-dev-kit'))
    throw new Error(`${file} carries the kit page, which is for development only`)
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
const shell = files.find((name) => name.startsWith('app-shell-'))
const pages = files.filter((name) => /-page-[\w-]{8}\.js$/.test(name))
if (!shell || pages.length < 10) throw new Error('dist has no pages; run "npm run build" first')

// Pages for people who are not signed in do without the frame.
const ALONE = /^(accept|login|reset|setup)-page-/
// What a page fetches at once besides what it imports, because nothing can be done without it.
const NEEDED = { 'profile-page': ['profile-form-'] }
const neededBy = (name) =>
  files.filter((file) => NEEDED[name]?.some((start) => file.startsWith(start)))

export default [
  ...pages.map((file) => {
    const name = file.replace(/-[\w-]{8}\.js$/, '')
    return {
      name: `${name}, script on a cold cache`,
      path: withImports([...first, ...(ALONE.test(file) ? [] : [shell]), file, ...neededBy(name)]),
      limit: '200 kB',
      gzip: true,
    }
  }),
  ...files.map((file) => ({
    name: `chunk ${file}`,
    path: ASSETS + file,
    limit: '120 kB',
    gzip: true,
  })),
]
