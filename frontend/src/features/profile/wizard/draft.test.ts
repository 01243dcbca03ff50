import { readFileSync } from 'node:fs'

import { beforeEach, describe, expect, it } from 'vitest'

import type { Documents } from '@/features/profile/queries'
import {
  BLANK,
  forPreview,
  freshPain,
  keepDraft,
  keptDraft,
  namePains,
  ownFrom,
  write,
} from '@/features/profile/wizard/draft'
import { readYaml } from '@/features/profile/yaml/read'

const TEMPLATES = ['manufacturing', 'saas', 'retail', 'services']
const template = (name: string): Documents => {
  const read = (kind: string) =>
    readFileSync(`../backend/internal/profile/templates/${name}/${kind}.yaml`, 'utf8')
  return { company: read('company'), audience: read('audience'), pain_points: read('pain_points') }
}

describe('a template as a start', () => {
  it.each(TEMPLATES)('%s keeps what is for everybody and loses its invented company', (name) => {
    const before = template(name)
    const after = ownFrom(before)
    const values = readYaml(after.company).values as Record<string, unknown>
    const was = readYaml(before.company).values as Record<string, unknown>
    expect(Object.keys(values).sort()).toEqual(
      ['category', 'features', 'name', 'not_offered', 'one_liner'].sort(),
    )
    expect(values).toMatchObject({ name: '', features: was.features, category: was.category })
    expect(after.company).not.toMatch(/invented|\.example/)
    expect(after.company).not.toContain(was.name)
    expect(after.audience).toBe(before.audience)
  })
})

it('fills in for a preview only what does not change a grade', () => {
  const shown = forPreview({ ...BLANK, company: write(BLANK.company, ['name'], 'Nord') })
  expect(readYaml(shown.company).values).toEqual({ name: 'Nord', category: '–', one_liner: '–' })
  expect(shown.audience).toBe(BLANK.audience)
})

it('writes into blank documents', () => {
  const audience = [
    [['company_size', 'min_employees'], 10],
    [['industries'], ['shoes', 'bikes']],
  ] as const
  const text = audience.reduce<string>(
    (now, [path, value]) => write(now, path, value),
    BLANK.audience,
  )
  expect(readYaml(text).values).toMatchObject({
    industries: ['shoes', 'bikes'],
    company_size: { min_employees: 10 },
  })
})

describe('ids of pains', () => {
  const pains = (...list: object[]) => write(BLANK.pain_points, ['pain_points'], list)
  const ids = (text: string) =>
    (readYaml(text).values as { pain_points: { id: string }[] }).pain_points.map(({ id }) => id)

  it.each([
    ['Slow responses!', ['slow-responses']],
    ['Überlastung', ['uberlastung']],
    ['売上', ['new-1']],
  ])('reads like its name: %s', (name, want) => {
    expect(ids(namePains(pains({ id: 'new-1', name, weight: 5, phrases: ['x'] })))).toEqual(want)
  })

  it('never takes an id twice and leaves those alone that leads may know', () => {
    const text = pains(
      { id: 'slow', name: 'Something else', weight: 5, phrases: ['x'] },
      { id: 'new-2', name: 'Slow', weight: 5, phrases: ['x'] },
      { id: 'new-3', name: 'slow', weight: 5, phrases: ['x'] },
    )
    expect(ids(namePains(text))).toEqual(['slow', 'slow-2', 'slow-3'])
  })

  it('gives a new pain an id of its own', () => {
    expect(freshPain([{ id: 'new-2' }])).toMatchObject({ id: 'new-3', name: '' })
  })
})

describe('the kept draft', () => {
  beforeEach(() => sessionStorage.clear())
  const draft = { from: 'saas', version: 3, texts: BLANK }

  it('comes back after a reload and goes when it is done', () => {
    keepDraft(draft)
    expect(keptDraft()).toEqual(draft)
    keepDraft(null)
    expect(keptDraft()).toBeNull()
  })

  it.each(['{', '{"version":1}', '{"version":1,"texts":{"company":1}}'])('ignores %s', (text) => {
    sessionStorage.setItem('winnow.profile.wizard', text)
    expect(keptDraft()).toBeNull()
  })
})
