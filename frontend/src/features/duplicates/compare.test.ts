import type { Lead } from '@/api/contract'
import {
  requestOf,
  rowsOfLeads,
  rowsOfPreview,
  type Wish,
  withPick,
  withRule,
} from '@/features/duplicates/compare'

const wish: Wish = { survivor: 'a', picks: {}, rule: 'survivor', rules: {} }
const lead = (id: string, has: Partial<Lead>) =>
  ({ id, tags: [], custom: {}, value_micros: null, ...has }) as unknown as Lead

it('compares two leads field by field and leaves out what neither has', () => {
  const rows = rowsOfLeads([
    lead('a', { name: 'Ana', email: 'ana@x.test', tags: ['hot'], custom: { shoe: '39' } }),
    lead('b', { name: 'Ana', email: 'ana@y.test', value_micros: 0 }),
  ])
  expect(rows.map((row) => [row.field, row.kind])).toEqual([
    ['name', 'same'],
    ['email', 'clash'],
    ['value', 'partial'],
    ['tags', 'partial'],
    ['custom.shoe', 'partial'],
  ])
})

it('says whose value stays, but of nothing that unites', () => {
  const field = (name: string, from: string | null) => ({
    name,
    from,
    value: 'x',
    rule: null,
    clash: true,
    values: [
      { lead_id: 'a', value: 'x', source: 'file', at: '' },
      { lead_id: 'b', value: 'y', source: 'user', at: '' },
      { lead_id: 'c', value: '', source: 'user', at: '' },
    ],
  })
  const rows = rowsOfPreview([field('tags', 'a'), field('title', 'b')], 3)
  expect(rows.map((row) => [row.field, row.from])).toEqual([
    ['title', 'b'],
    ['tags', null],
  ])
  expect(Object.keys(rows[0]!.cells)).toEqual(['a', 'b'])
})

it.each<[string, Wish, Partial<Wish>]>([
  ['a press takes a value', withPick(wish, 'title', 'b'), { picks: { title: 'b' } }],
  [
    'a press on another one changes it',
    withPick(withPick(wish, 'title', 'b'), 'title', 'c'),
    { picks: { title: 'c' } },
  ],
  [
    'a second press leaves it to the rule',
    withPick(withPick(wish, 'title', 'b'), 'title', 'b'),
    { picks: {} },
  ],
  [
    'a rule for the field takes the choice back',
    withRule(withPick(wish, 'title', 'b'), 'title', 'newest'),
    { picks: {}, rules: { title: 'newest' } },
  ],
  [
    'no rule of its own is the rule of the rest',
    withRule(withRule(wish, 'title', 'newest'), 'title', null),
    { rules: {} },
  ],
])('%s', (_name, got, want) => {
  expect(got).toEqual({ ...wish, ...want })
})

it('merges all but the survivor, and names the versions that were looked at', () => {
  const leads = [
    { id: 'a', version: 3 },
    { id: 'b', version: 1 },
    { id: 'c', version: 9 },
  ]
  expect(requestOf({ ...wish, survivor: 'b', picks: { title: 'c' } }, leads)).toEqual({
    survivor_id: 'b',
    merged_ids: ['a', 'c'],
    fields: { title: { lead_id: 'c' } },
    rule: 'survivor',
    rules: {},
    versions: { a: 3, b: 1, c: 9 },
  })
  expect(requestOf(wish, [{ id: 'a' }, { id: 'b' }])).not.toHaveProperty('versions')
})
