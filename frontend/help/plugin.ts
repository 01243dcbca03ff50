import { dirname, join } from 'node:path'

import type { Plugin } from 'vite'

import { HELP_PAGES } from '../src/utils/help-pages.ts'
import type { HelpNode } from '../src/features/help/tree.ts'
import { linksOf, ROOT, sourceOf } from './links.ts'
import { readHelp, summaryOf } from './read.ts'

const LIST = 'virtual:help'
const PAGE = 'virtual:help/'

/**
 * Serves the repository's documents to the app as modules, read when the app is built: a list of all pages, and one
 * module a page that is fetched when it is opened. Pictures are bundled beside them.
 */
export function helpPages(): Plugin {
  return {
    name: 'winnow-help',
    resolveId: (id) => (id === LIST || id.startsWith(PAGE) ? `\0${id}` : undefined),
    load(id) {
      if (id === `\0${LIST}`) return list((file) => this.addWatchFile(file))
      if (!id.startsWith(`\0${PAGE}`)) return undefined
      const entry = HELP_PAGES.find(({ slug }) => id === `\0${PAGE}${slug}`)
      if (!entry) throw new Error(`There is no help page ${id}`)
      this.addWatchFile(join(ROOT, entry.file))
      return page(entry.file)
    },
  }
}

function list(watch: (file: string) => void): string {
  const entries = HELP_PAGES.map(({ slug, file, part }) => {
    watch(join(ROOT, file))
    const { title, headings, nodes } = readHelp(sourceOf(file), linksOf(file))
    return { slug, part, title, summary: summaryOf(nodes), headings }
  })
  const loads = HELP_PAGES.map(({ slug }) => `'${slug}': () => import('${PAGE}${slug}')`)
  return `export const entries = ${JSON.stringify(entries)}\nexport const load = {${loads.join(',')}}`
}

function page(file: string): string {
  const text = readHelp(sourceOf(file), linksOf(file))
  const pictures = picturesOf(text.nodes)
  const imports = pictures.map(
    (src, i) => `import p${i} from ${JSON.stringify(join(ROOT, dirname(file), src))}`,
  )
  const tree = pictures.reduce(
    (now, src, i) => now.replaceAll(`"src":${JSON.stringify(src)}`, `"src":p${i}`),
    JSON.stringify(text),
  )
  return `${imports.join('\n')}\nexport const page = ${tree}`
}

function picturesOf(nodes: readonly HelpNode[]): string[] {
  const found = nodes.flatMap((node): string[] => {
    if (typeof node === 'string') return []
    const [, props, ...children] = node
    return [...(props?.src ? [props.src] : []), ...picturesOf(children)]
  })
  return [...new Set(found)]
}
