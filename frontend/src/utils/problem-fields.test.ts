import { asProblem, fieldPath, sortFaults } from '@/utils/problem-fields'

it.each([
  ['email', 'email'],
  ['/steps/0/days', 'steps.0.days'],
  ['steps[0].days', 'steps.0.days'],
  ['body.limit', 'limit'],
  ['#/limit', 'limit'],
])('reads the field name %s as %s', (name, path) => {
  expect(fieldPath(name)).toBe(path)
})

describe('sortFaults', () => {
  const shown = new Set(['email', 'limit', 'steps.0'])

  it('gives each shown field its faults and keeps every other one for the top', () => {
    const sorted = sortFaults(
      [
        { name: 'email', message: 'Not an address.' },
        { name: 'email', message: 'Taken.' },
        { name: 'steps[0].days', message: 'At least 1.' },
        { name: 'secret', message: 'Missing.' },
      ],
      shown,
    )
    expect(sorted.placed).toEqual([
      { name: 'email', message: 'Not an address. Taken.' },
      { name: 'steps.0', message: 'At least 1.' },
    ])
    expect(sorted.rest).toEqual([{ name: 'secret', message: 'Missing.' }])
  })

  it('follows an alias', () => {
    const sorted = sortFaults([{ name: 'limit_micros', message: 'Too much.' }], shown, {
      limit_micros: 'limit',
    })
    expect(sorted.placed).toEqual([{ name: 'limit', message: 'Too much.' }])
  })

  it('takes a problem without fields', () => {
    expect(sortFaults(undefined, shown)).toEqual({ placed: [], rest: [] })
  })
})

it('keeps what a thrown problem carries and takes anything else by its words', () => {
  const thrown = Object.assign(new Error('No.'), { requestId: 'r1' })
  expect(asProblem(thrown)).toMatchObject({ message: 'No.', requestId: 'r1' })
  expect(asProblem('broke')).toEqual({ message: 'broke' })
})
