import { readdirSync, readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { setValue } from '@/features/profile/yaml/edit'
import { type Path, sameValue, withValue } from '@/features/profile/yaml/plain'
import { readYaml } from '@/features/profile/yaml/read'

const COMPANY = `# Who we are.

name: Stockline # as on the sign
category: "order software"
description: >
  One place for orders
  and stock.
features:
  # what sells best
  - order capture # phone too

  - live stock
competitors: [Stokvara ERP, 'Palletrix']   # their people are no leads
pricing:
  model: per company
  starts_at_usd_month: 79
mystery_key: {kept: true}
# Country of phone numbers.
default_region: IN
# the end
`

/** Lines of the first text that are gone, and lines of the second that are new. */
function changed(before: string, after: string): [string[], string[]] {
  const [a, b] = [before.trimEnd().split('\n'), after.trimEnd().split('\n')]
  return [without(a, b), without(b, a)]
}

function without(lines: string[], others: string[]): string[] {
  const left = [...others]
  return lines.filter((line) => {
    const at = left.indexOf(line)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

interface Case {
  name: string
  text?: string
  path: Path
  value: unknown
  /** Lines that must be gone, and lines that must be new; every other line stays as it was. */
  gone: string[]
  fresh: string[]
}

const CASES: Case[] = [
  {
    name: 'a word, with the comment beside it',
    path: ['name'],
    value: 'Nord & Co',
    gone: ['name: Stockline # as on the sign'],
    fresh: ['name: Nord & Co # as on the sign'],
  },
  {
    name: 'a word that needs quotes',
    path: ['name'],
    value: 'yes: no # [x]',
    gone: ['name: Stockline # as on the sign'],
    fresh: ['name: "yes: no # [x]" # as on the sign'],
  },
  {
    name: 'a quoted text, quoted again',
    path: ['category'],
    value: 'till software',
    gone: ['category: "order software"'],
    fresh: ['category: "till software"'],
  },
  {
    name: 'a folded text',
    path: ['description'],
    value: 'Two places.\nAnd a line.\n',
    gone: ['  One place for orders', '  and stock.'],
    fresh: ['  Two places.', '  And a line.', ''],
  },
  {
    name: 'an item of a list',
    path: ['features', 0],
    value: 'orders',
    gone: ['  - order capture # phone too'],
    fresh: ['  - orders # phone too'],
  },
  {
    name: 'an item more',
    path: ['features'],
    value: ['order capture', 'live stock', 'dispatch: planned'],
    gone: [],
    fresh: ['  - "dispatch: planned"'],
  },
  {
    name: 'an item less',
    path: ['features'],
    value: ['order capture'],
    gone: ['  - live stock'],
    fresh: [],
  },
  {
    name: 'a list in brackets',
    path: ['competitors'],
    value: ['Stokvara ERP', 'A, B'],
    gone: ["competitors: [Stokvara ERP, 'Palletrix']   # their people are no leads"],
    fresh: ['competitors: [Stokvara ERP, "A, B"]   # their people are no leads'],
  },
  {
    name: 'a number in a group',
    path: ['pricing', 'starts_at_usd_month'],
    value: 99.5,
    gone: ['  starts_at_usd_month: 79'],
    fresh: ['  starts_at_usd_month: 99.5'],
  },
  {
    name: 'a key that was not there',
    path: ['website'],
    value: 'https://x.example',
    gone: [],
    fresh: ['website: https://x.example'],
  },
  {
    name: 'a group that was not there',
    path: ['contact', 'email'],
    value: 'a@x.example',
    gone: [],
    fresh: ['contact:', '  email: a@x.example'],
  },
  {
    name: 'a value emptied keeps its line',
    path: ['default_region'],
    value: null,
    gone: ['default_region: IN'],
    fresh: ['default_region: '],
  },
  {
    name: 'text that begins like other things',
    path: ['category'],
    value: '- *a &b !c %d @e `f`',
    gone: ['category: "order software"'],
    fresh: ['category: "- *a &b !c %d @e `f`"'],
  },
  {
    name: 'a key of a group in braces',
    path: ['mystery_key', 'more'],
    value: 'x, y',
    gone: ['mystery_key: {kept: true}'],
    fresh: ['mystery_key: {kept: true, more: "x, y"}'],
  },
]

const PAINS = `pain_points:
- id: a      # odd indentation
  weight: 3
  phrases: [x, y]
  # about b
- id: b
  name: B
  phrases:
  - one
  - two   # twice
# scoring:
#   weights: {evidence: 39}
`

const PAIN_CASES: Case[] = [
  {
    name: 'a pain taken out goes with the comment above it',
    text: PAINS,
    path: ['pain_points', 1],
    value: undefined,
    gone: ['  # about b', '- id: b', '  name: B', '  phrases:', '  - one', '  - two   # twice'],
    fresh: [],
  },
  {
    name: 'a pain added',
    text: PAINS,
    path: ['pain_points', 2],
    value: { id: 'c', weight: 5, phrases: ['p: q'] },
    gone: [],
    fresh: ['- id: c', '  weight: 5', '  phrases:', '    - "p: q"'],
  },
  {
    name: 'a phrase added in brackets',
    text: PAINS,
    path: ['pain_points', 0, 'phrases'],
    value: ['x', 'y', 'z'],
    gone: ['  phrases: [x, y]'],
    fresh: ['  phrases: [x, y, z]'],
  },
  {
    name: 'the first weight of all',
    text: PAINS,
    path: ['scoring', 'weights', 'evidence'],
    value: 45,
    gone: [],
    fresh: ['scoring:', '  weights:', '    evidence: 45'],
  },
  {
    name: 'the last item of a list',
    text: 'a:\n  # note\n  - one\nb: 2\n',
    path: ['a'],
    value: [],
    gone: ['a:', '  - one'],
    fresh: ['a: []'],
  },
  {
    name: 'a list below an empty key',
    text: 'a:\nb: 2\n',
    path: ['a'],
    value: ['one'],
    gone: [],
    fresh: ['  - one'],
  },
  {
    name: 'a literal block',
    text: 'a:\n  b: |\n    one\n    two\nc: 1\n',
    path: ['a', 'b'],
    value: 'three\nfour\n',
    gone: ['    one', '    two'],
    fresh: ['    three', '    four'],
  },
  {
    name: 'a text of several lines where one was',
    text: 'a: one # c\nb: 1\n',
    path: ['a'],
    value: 'one\ntwo',
    gone: ['a: one # c'],
    fresh: ['a: |- # c', '  one', '  two'],
  },
  {
    name: 'an empty document',
    text: '# nothing yet',
    path: ['name'],
    value: 'N',
    gone: [],
    fresh: ['name: N'],
  },
  {
    name: 'a document without a last line break',
    text: 'a: 1',
    path: ['b'],
    value: 2,
    gone: [],
    fresh: ['b: 2'],
  },
  {
    name: 'beside an anchor',
    text: 'a: &x one\nb: *x\nc: 1\n',
    path: ['c'],
    value: 2,
    gone: ['c: 1'],
    fresh: ['c: 2'],
  },
  {
    name: 'an alias replaced by a value',
    text: 'a: &x one\nb: *x\n',
    path: ['b'],
    value: 'two',
    gone: ['b: *x'],
    fresh: ['b: two'],
  },
  {
    name: 'a list kept in brackets over lines',
    text: 'a: [one,\n  two] # c\nb: 1\n',
    path: ['a'],
    value: ['one', 'three'],
    gone: ['a: [one,', '  two] # c'],
    fresh: ['a: [one, three] # c'],
  },
]

describe('setValue changes one value and leaves the rest of the text alone', () => {
  it.each([...CASES, ...PAIN_CASES])('$name', ({ text = COMPANY, path, value, gone, fresh }) => {
    const after = setValue(text, path, value)
    expect(after).not.toBeNull()
    expect(changed(text, after!)).toEqual([gone, fresh])
    const { values, faults } = readYaml(after!)
    expect(faults).toEqual([])
    expect(sameValue(values, withValue(readYaml(text).values, path, value))).toBe(true)
  })

  it('keeps Windows line ends', () => {
    const text = 'a: 1\r\nb: 2\r\n'
    expect(setValue(text, ['b'], 3)).toBe('a: 1\r\nb: 3\r\n')
  })

  it.each([
    ['a tab as indentation', 'a:\n\tb: 1\n', ['a', 'b']],
    ['a key that stands twice', 'a: 1\na: 2\n', ['a']],
    ['an open bracket', 'a: [1\n', ['a']],
    ['a text where a group should be', 'a: text\n', ['a', 'b']],
    ['an alias on the way', 'x: &x {b: 1}\na: *x\n', ['a', 'b']],
  ])('refuses what it cannot change: %s', (_name, text, path) => {
    expect(setValue(text, path, 3)).toBeNull()
  })

  it('survives hostile text in every field', () => {
    const nasty = [
      '<script>alert(1)</script>',
      '{{company}} "q" \'s\' \\n',
      '🙂 عربى ‮',
      '---',
      '...',
      'null',
      '0x1F',
      'a: b',
      ' leading and trailing ',
      '#',
      '',
      'x'.repeat(300),
      'two\n\n  lines \n',
    ]
    for (const value of nasty) {
      for (const path of [
        ['name'],
        ['category'],
        ['features', 0],
        ['competitors', 1],
        ['description'],
      ]) {
        const after = setValue(COMPANY, path, value)
        const read = readYaml(after ?? '')
        const got = path.reduce<unknown>((at, step) => (at as never)[step], read.values)
        const want = path[0] === 'description' ? value.replace(/\n*$/, value ? '\n' : '') : value
        expect([path, got]).toEqual([path, want])
        expect(after).toContain('# what sells best')
      }
    }
  })
})

const DIR = '../backend/internal/profile/templates'

describe('every value of every template', () => {
  const files = readdirSync(DIR).flatMap((name) =>
    ['company', 'audience', 'pain_points'].map((kind) => `${DIR}/${name}/${kind}.yaml`),
  )
  it.each(files)('%s', (file) => {
    const text = readFileSync(file, 'utf8')
    const { values } = readYaml(text)
    const comments = text.split('\n').filter((line) => line.includes('#'))
    for (const path of leaves(values)) {
      const value = typeof path.value === 'number' ? path.value + 1 : 'Something: else'
      const after = setValue(text, path.at, value)!
      const [gone, fresh] = changed(text, after)
      const many = typeof path.value === 'string' && path.value.endsWith('\n')
      if (!many) expect([gone.length, fresh.length]).toEqual([1, 1])
      expect(comments.filter((line) => !gone.includes(line) && !after.includes(line))).toEqual([])
    }
  })
})

function leaves(values: unknown, at: Path = []): { at: Path; value: unknown }[] {
  if (typeof values !== 'object' || values === null) return [{ at, value: values }]
  return Object.entries(values).flatMap(([key, value]) =>
    leaves(value, [...at, Array.isArray(values) ? Number(key) : key]),
  )
}
