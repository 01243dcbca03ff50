import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import type { HelpNode, HelpText } from '@/features/help/tree'
import { HELP_PAGES } from '@/utils/help-pages'
import { linksOf, ROOT, sourceOf } from '../../../help/links'
import { readHelp } from '../../../help/read'

const same = (href: string) => href

describe('reading a document', () => {
  it.each<[string, string, HelpNode[]]>([
    ['words', 'a *b* `c<d>`', [['p', null, 'a ', ['em', null, 'b'], ' ', ['code', null, 'c<d>']]]],
    ['a list', '1. a\n2. b', [['ol', { start: 1 }, ['li', null, 'a'], ['li', null, 'b']]]],
    ['code', '```sh\na & b\n```', [['pre', null, 'a & b']]],
    ['a link', '[x](y.md)', [['p', null, ['a', { href: 'y.md' }, 'x']]]],
    [
      'a table without heads',
      '| | |\n|---|---|\n| a | b |',
      [['table', null, ['tbody', null, ['tr', null, ['td', null, 'a'], ['td', null, 'b']]]]],
    ],
  ])('%s', (_, markdown, want) => {
    expect(readHelp(markdown, same).nodes).toEqual(want)
  })

  it('takes the title from the first heading and gives the others anchors, each once', () => {
    const { title, headings } = readHelp('# T\n\n## A & b\n\n### `c`\n\n## A & b', same)
    expect(title).toBe('T')
    expect(headings.map(({ id }) => id)).toEqual(['a--b', 'c', 'a--b-1'])
  })

  it('leaves the words of a link whose target is not served', () => {
    expect(readHelp('[x](y.md)', () => null).nodes).toEqual([['p', null, 'x']])
  })

  it.each(['<script>alert(1)</script>', 'a <b>c</b>'])('refuses raw HTML: %s', (html) => {
    expect(() => readHelp(html, same)).toThrow(/cannot show html/)
  })
})

describe('links of a document', () => {
  it.each([
    ['docs/getting-started.md', 'profile.md', '/help/profile'],
    ['docs/getting-started.md', '../deploy/README.md', '/help/deploy'],
    ['deploy/README.md', '../docs/cli.md#winnow-doctor', '/help/cli#winnow-doctor'],
    ['docs/import.md', '#rejects', '#rejects'],
    ['docs/api.md', 'https://www.rfc-editor.org', 'https://www.rfc-editor.org'],
    ['docs/security.md', 'contributing.md', null],
  ])('%s: %s', (file, href, want) => {
    expect(linksOf(file)(href)).toBe(want)
  })

  it('may not lead to a file that is not there', () => {
    expect(() => linksOf('docs/api.md')('nowhere.md')).toThrow(/does not exist/)
  })
})

describe('the pages', () => {
  const pages = new Map<string, HelpText>(
    HELP_PAGES.map(({ slug, file }) => [slug, readHelp(sourceOf(file), linksOf(file))]),
  )

  it.each([...pages])('%s has a title, and every link of it leads somewhere', (slug, page) => {
    expect(page.title).not.toBe('')
    for (const href of hrefs(page.nodes)) {
      if (/^[a-z]+:/i.test(href)) continue
      const [path, hash] = href.split('#')
      const target = path ? pages.get(path.replace('/help/', '')) : page
      expect(target, `${slug}: ${href}`).toBeDefined()
      if (hash)
        expect(
          target!.headings.map(({ id }) => id),
          `${slug}: ${href}`,
        ).toContain(hash)
    }
  })

  it.each([...pages])('%s shows pictures that there are', (slug, page) => {
    const { file } = HELP_PAGES.find((each) => each.slug === slug)!
    for (const src of props(page.nodes, 'src')) {
      expect(() => readFileSync(join(ROOT, file, '..', src))).not.toThrow()
    }
  })

  it('have titles of their own', () => {
    const titles = [...pages.values()].map(({ title }) => title)
    expect(new Set(titles).size).toBe(titles.length)
  })
})

function hrefs(nodes: readonly HelpNode[]): string[] {
  return props(nodes, 'href')
}

function props(nodes: readonly HelpNode[], key: 'href' | 'src'): string[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string') return []
    const [, given, ...children] = node
    return [...(given?.[key] ? [given[key]] : []), ...props(children, key)]
  })
}
