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

/** What may be a key: dotted names in quotes, whose end may be put in by `${…}` or by "+". */
const KEY = /(['"`])([a-z]\w*\.[\w.:-]*)(\1|\$\{)/g

/** The words whose keys stand in a file's text, with their plurals. */
export function wordsIn(code: string, words: Words): Words {
  const used = new Set(
    [...code.matchAll(KEY)].map(([, , key, end]) => (end === '${' ? '$' : '') + key),
  )
  const ends = [...used].map((key) =>
    key.startsWith('$') || key.endsWith('.')
      ? new RegExp(`^${escape(key.replace('$', ''))}`)
      : new RegExp(`^${escape(key)}([_.]|$)`),
  )
  return Object.fromEntries(
    Object.entries(words).filter(([key]) => ends.some((end) => end.test(key))),
  )
}

function escape(text: string): string {
  return text.replace(/\./g, '\\.')
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
