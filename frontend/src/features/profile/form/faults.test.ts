import { expect, it } from 'vitest'

import { faultOf, faultsByPath } from '@/features/profile/form/faults'

const error = (path: string, message: string) => ({
  file: 'company.yaml',
  line: 1,
  column: 1,
  hint: 'Mend it.',
  message,
  path,
})

it('puts each fault at its value, the first one first, and none for the whole text', () => {
  expect(
    faultsByPath([error('name', 'One.'), error('name', 'Two.'), error('', 'Not YAML.')]),
  ).toEqual({ name: 'One. Mend it.' })
})

it.each([
  [['features'], 'Too long. Mend it.'],
  [['features', 1], 'Too long. Mend it.'],
  [['features', 2], undefined],
  [['feature'], undefined],
])('finds the fault of %j', (path, want) => {
  expect(faultOf(faultsByPath([error('features/1', 'Too long.')]), path)).toBe(want)
})
