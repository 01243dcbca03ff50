import { readChips, toChips, writeChips } from '@/components/filter-builder/chips'
import { FilterFault } from '@/components/filter-builder/lex'
import { modeOf, modesFor, takesMany, testOf } from '@/components/filter-builder/modes'
import { type FilterNode, parseFilter } from '@/components/filter-builder/parse'
import { printFilter } from '@/components/filter-builder/print'

const chipsOf = (text: string) => {
  const chips = readChips(text)
  if (chips instanceof FilterFault) throw chips
  return chips
}
const kinds = (text: string) => {
  const { join, chips } = chipsOf(text)
  return [join, ...chips.map((chip) => chip.kind)].join(' ')
}

describe('a filter as chips', () => {
  it.each([
    ['', 'and'],
    ['grade = A', 'and test'],
    ['not grade = A', 'and test'],
    ['grade = A and score > 50 and not tags has vip', 'and test test test'],
    ['grade = A or score > 50', 'or test test'],
    ['grade = A and (score > 50 or tags has vip)', 'and test group'],
    ['grade = A and not (score > 50 or tags has vip)', 'and test group'],
    ['(grade = A and score > 1) or (grade = B and score > 2)', 'or group group'],
    ['grade = A and (score > 50 or (tags has vip and name = x))', 'and test custom'],
    ['not (grade = A and score > 50)', 'and group'],
    ['grade = A and (score > 50 and (name = x and title = y))', 'and test test test test'],
    ['not not grade = A', 'and test'],
  ])('%s', (text, want) => {
    expect(kinds(text)).toBe(want)
  })

  it('names the fault of what cannot be read', () => {
    expect(readChips('grade = E')).toMatchObject({ at: 9, code: 'value_wrong' })
  })
})

// A small random source, so that a failure can be run again.
function randomOf(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return Math.floor((state / 2 ** 32) * below)
  }
}

const LEAVES = [
  'grade >= B',
  'score > 5',
  'tags has (a,"b c")',
  'name contains "x\\"y"',
  'email empty',
]

function randomNode(random: (below: number) => number, depth: number): FilterNode {
  const kind = depth === 0 ? 0 : random(4)
  if (kind === 0) return parseFilter(LEAVES[random(LEAVES.length)]!)!
  if (kind === 1) return { type: 'not', inner: randomNode(random, depth - 1) }
  const parts = Array.from({ length: 2 + random(2) }, () => randomNode(random, depth - 1))
  return { type: kind === 2 ? 'and' : 'or', parts }
}

/** What a filter says when each comparison is true or false as given. */
function holds(node: FilterNode | null, truth: (text: string) => boolean): boolean {
  if (!node) return true
  if (node.type === 'is') return truth(printFilter(node))
  if (node.type === 'not') return !holds(node.inner, truth)
  return node.type === 'and'
    ? node.parts.every((part) => holds(part, truth))
    : node.parts.some((part) => holds(part, truth))
}

describe('chips and the grammar', () => {
  it('say the same of any filter, whatever is true', () => {
    const random = randomOf(7)
    for (let round = 0; round < 400; round++) {
      const node = randomNode(random, 3)
      const text = writeChips(toChips(node))
      for (let bits = 0; bits < 2 ** LEAVES.length; bits++) {
        const truth = (leaf: string) => (bits & (1 << LEAVES.indexOf(leaf))) !== 0
        expect(holds(parseFilter(text), truth), text).toBe(holds(node, truth))
      }
      expect(writeChips(chipsOf(text))).toBe(text)
    }
  })
})

describe('ways to say a comparison', () => {
  it.each([
    ['grade', 'is', ['A'], 'grade = A'],
    ['grade', 'is', ['A+', 'A'], 'grade in (A+,A)'],
    ['grade', 'isnt', ['A'], 'grade != A'],
    ['status', 'isnt', ['new', 'won'], 'not status in (new,won)'],
    ['name', 'lacks', ['ltd'], 'not name contains ltd'],
    ['tags', 'has', ['vip', 'hot'], 'tags has (vip,hot)'],
    ['tags', 'hasnt', ['vip'], 'not tags has vip'],
    ['score', 'ge', ['50'], 'score >= 50'],
    ['created_at', 'gt', ['-14d'], 'created_at > -14d'],
    ['created_at', 'is', ['2026-01-02', '2026-01-03'], 'created_at = 2026-01-02'],
    ['owner', 'is', ['me'], 'owner = me'],
    ['owner', 'empty', [], 'owner empty'],
    ['email', 'filled', ['x'], 'not email empty'],
    [
      'import',
      'is',
      ['0190b6a0-5d2c-7b7e-9d35-0c7b2a4f1e11'],
      'import = 0190b6a0-5d2c-7b7e-9d35-0c7b2a4f1e11',
    ],
    ['custom.my budget', 'gt', ['5'], 'custom."my budget" > 5'],
  ] as const)('%s %s %j', (field, mode, values, text) => {
    const test = testOf(field, mode, values)!
    expect(writeChips({ join: 'and', chips: [{ kind: 'test', test }] })).toBe(text)
    expect(modeOf(test)).toBe(mode)
  })

  it.each([
    ['score', 'ge', ['many']],
    ['grade', 'is', []],
    ['status', 'is', ['new', 'nope']],
    ['nothing', 'is', ['x']],
  ] as const)('waits for a value that fits: %s %s %j', (field, mode, values) => {
    expect(testOf(field, mode, values)).toBeNull()
  })

  it('says everything that a test of one comparison can', () => {
    for (const text of ['not score < 5', 'not name != x', 'not not grade >= B', 'name in (a)']) {
      const [chip] = chipsOf(text).chips
      if (chip?.kind !== 'test') throw new Error(text)
      const mode = modeOf(chip.test)
      expect(modesFor(chip.test.field, mode)).toContain(mode)
      const again = testOf(chip.test.field, mode, chip.test.values)!
      expect(modeOf(again)).toBe(mode)
      expect(takesMany(chip.test.field, mode) || again.values.length === 1).toBe(true)
    }
  })
})
