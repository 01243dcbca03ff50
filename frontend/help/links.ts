import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

import { HELP_PAGES } from '../src/utils/help-pages.ts'

/** The repository's root. */
export const ROOT = join(import.meta.dirname, '../..')

export function sourceOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
}

/** Makes links of a document lead to the pages of the help, or nowhere when the help does not hold their target. */
export function linksOf(file: string): (href: string) => string | null {
  return (href) => {
    if (/^[a-z]+:/i.test(href) || href.startsWith('#')) return href
    const [path = '', hash] = href.split('#')
    const target = normalize(join(dirname(file), path))
    const page = HELP_PAGES.find((each) => each.file === target)
    if (page) return `/help/${page.slug}${hash ? `#${hash}` : ''}`
    if (!existsSync(join(ROOT, target))) {
      throw new Error(`${file} links to ${href}, which does not exist`)
    }
    return null
  }
}
