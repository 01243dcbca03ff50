import { buildFilter, quoteValue } from '@/utils/filter'

describe('buildFilter', () => {
  it.each([
    ['nothing chosen', [], ''],
    [
      'one of several values',
      [{ field: 'grade', op: 'in', values: ['A+', 'A'] }],
      'grade in (A+,A)',
    ],
    [
      'one value reads as equality',
      [{ field: 'source', op: 'in', values: ['csv'] }],
      'source = csv',
    ],
    [
      'several conditions',
      [
        { field: 'grade', op: 'in', values: ['A'] },
        { field: 'status', op: 'in', values: ['new', 'won'] },
      ],
      'grade = A and status in (new,won)',
    ],
    ['a list without values says nothing', [{ field: 'grade', op: 'in', values: [] }], ''],
    ['empty needs no value', [{ field: 'email', op: 'empty', values: [] }], 'email empty'],
    [
      'relative dates stay bare',
      [{ field: 'created_at', op: '>', values: ['-14d'] }],
      'created_at > -14d',
    ],
  ] as const)('%s', (_name, clauses, expected) => {
    expect(buildFilter(clauses.map((c) => ({ ...c, values: [...c.values] })))).toBe(expected)
  })
})

describe('quoteValue', () => {
  it.each([
    ['linkedin', 'linkedin'],
    ['A+', 'A+'],
    ['two words', '"two words"'],
    ['a,b', '"a,b"'],
    ['x) or (1=1', '"x) or (1=1"'],
    ['say "hi"', '"say \\"hi\\""'],
    ['back\\slash', '"back\\\\slash"'],
    ['and', '"and"'],
    ['', '""'],
    ['Münch', '"Münch"'],
  ])('%s', (value, expected) => {
    expect(quoteValue(value)).toBe(expected)
  })
})
