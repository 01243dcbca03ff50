import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** The catalogue, flat: "lead.email" → "E-mail". */
export type Words = Readonly<Record<string, string>>

function flatten(value: unknown, path: string, into: Record<string, string>): void {
  if (typeof value === 'string') into[path] = value
  else
    for (const [key, each] of Object.entries(value as object)) flatten(each, `${path}.${key}`, into)
}

/** Reads the parts of the catalogue in a folder. */
export function readWords(folder: string): Words {
  const words = {}
  for (const name of readdirSync(folder)) {
    const part = JSON.parse(readFileSync(join(folder, name), 'utf8')) as object
    flatten(part, name.replace('.json', ''), words)
  }
  return words
}

/** What may be a key: dotted names in quotes; parts of it may be put in by `${…}`, its end by "+". */
const KEY = /(['"`])([a-z]\w*\.(?:[\w.:-]|\$\{[^}]*\})*)\1/g

/** The keys that are meant: that one, its plurals and those under it; any name for each `${…}`. */
function keysOf(written: string, all: readonly string[]): string[] {
  const names = written
    .split(/\$\{[^}]*\}/)
    .map((text) => text.replaceAll('.', '\\.'))
    .join('[^.]+')
  const like = (end: string) => {
    const form = new RegExp(`^${names}${end}`)
    return all.filter((key) => form.test(key))
  }
  if (written.endsWith('.')) return like('')
  if (!written.endsWith('}')) return like('([_.]|$)')
  const here = like('$')
  // What is put in may hold dots itself, such as the name of an operation.
  return here.length > 0 ? here : like('\\.')
}

/** What each written key means in a catalogue: the same ones stand in many files. */
const meant = new WeakMap<Words, Map<string, string[]>>()

/** The words whose keys stand in a file's text. */
export function wordsIn(code: string, words: Words): Words {
  const all = Object.keys(words)
  const known = meant.get(words) ?? new Map<string, string[]>()
  meant.set(words, known)
  const written = new Set([...code.matchAll(KEY)].map(([, , key = '']) => key))
  const keys = new Set<string>()
  for (const key of written) {
    const names = known.get(key) ?? keysOf(key, all)
    known.set(key, names)
    for (const name of names) keys.add(name)
  }
  return Object.fromEntries([...keys].map((key) => [key, words[key]!]))
}

/**
 * Puts the words a file uses into its code, so that a page fetches its own words
 * and not those of all others. The catalogue stays one; further languages can
 * come whole, beside it.
 */
export function wordsWithCode(folder: string): Plugin {
  let words: Words = {}
  return {
    name: 'words-with-code',
    enforce: 'pre',
    buildStart() {
      words = readWords(folder)
    },
    watchChange(id) {
      if (id.startsWith(folder)) words = readWords(folder)
    },
    transform(code, id) {
      if (!/\/src\/[^?]*\.tsx?$/.test(id)) return null
      const used = wordsIn(code, words)
      if (Object.keys(used).length === 0) return null
      // On the first line, so that all lines keep their numbers.
      const add = `import { addWords as $words } from '@/utils/i18n/words';$words(${JSON.stringify(used)});`
      return { code: add + code, map: null }
    },
  }
}
