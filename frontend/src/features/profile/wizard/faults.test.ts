import { expect, it } from 'vitest'

import { BLANK } from '@/features/profile/wizard/draft'
import { faultsOf, isEmptyAt } from '@/features/profile/wizard/faults'

const error = (path: string) => ({ file: '', line: 1, column: 1, message: 'm', hint: '', path })

it.each([
  ['offer', ['category'], ['category']],
  ['offer', ['name'], []],
  ['audience', ['industries/2'], ['industries/2']],
  ['audience', ['company_size/max_employees'], ['company_size/max_employees']],
  ['exclude', ['industries'], []],
] as const)('%s answers for %j', (step, paths, want) => {
  const errors = paths.map(error)
  const got = faultsOf(step, { company: errors, audience: errors })
  expect([...(got.company ?? []), ...(got.audience ?? [])].map(({ path }) => path)).toEqual(want)
})

it('shows the fault of a missing group at the values it would hold', () => {
  const got = faultsOf('audience', { audience: [error('seniority')] })
  expect(got.audience?.map(({ path }) => path)).toEqual([
    'seniority/decision_maker',
    'seniority/influencer',
  ])
})

it.each([
  ['industries', true],
  ['seniority/decision_maker', true],
  ['qualified_from', false],
  ['pain_points/0/name', true],
])('%s is empty: %s', (path, want) => {
  expect(isEmptyAt(BLANK.audience, error(path))).toBe(want)
})
