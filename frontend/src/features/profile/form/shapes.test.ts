import { readdirSync, readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { fieldsOf, freshItem, labelOf, toLines } from '@/features/profile/form/shapes'
import { setValue } from '@/features/profile/yaml/edit'
import { readYaml } from '@/features/profile/yaml/read'

const DIR = '../backend/internal/profile/schema'
const schema = (kind: string): unknown => JSON.parse(readFileSync(`${DIR}/${kind}.json`, 'utf8'))
const kindsOf = (kind: string) =>
  Object.fromEntries(fieldsOf(schema(kind)).map((field) => [field.key, field.shape.kind]))

describe('fieldsOf', () => {
  it.each([
    ['company', { name: 'text', features: 'lines', pricing: 'free', default_region: 'text' }],
    ['audience', { industries: 'lines', company_size: 'group', qualified_from: 'choice' }],
    ['pain_points', { pain_points: 'list', scoring: 'group' }],
  ])('knows how to edit %s', (kind, want) => {
    expect(kindsOf(kind)).toMatchObject(want)
  })

  it('has a field for every key of every document', () => {
    for (const file of readdirSync(DIR)) {
      const kind = file.replace('.json', '')
      const { properties } = schema(kind) as { properties: object }
      expect(Object.keys(kindsOf(kind))).toEqual(Object.keys(properties))
    }
  })

  it('gives prose more than one line, an address one', () => {
    const long = fieldsOf(schema('company')).map(({ key, shape }) => [
      key,
      shape.kind === 'text' && shape.long,
    ])
    expect(Object.fromEntries(long)).toMatchObject({
      website: false,
      name: false,
      one_liner: true,
      description: true,
    })
  })

  it('takes bounds and what a referred part says from the schema', () => {
    const scoring = fieldsOf(schema('pain_points'))[1]!.shape
    const weights = scoring.kind === 'group' ? scoring.fields[0]!.shape : null
    expect(weights).toMatchObject({
      fields: expect.arrayContaining([
        expect.objectContaining({ key: 'fit', shape: { kind: 'number', min: 0, max: 100 } }),
      ]) as unknown,
    })
  })
})

describe('freshItem', () => {
  it('can be put at the end of a list and keeps its comments', () => {
    const list = fieldsOf(schema('pain_points'))[0]!.shape
    const item = list.kind === 'list' ? freshItem(list.fields, 2) : {}
    const text =
      '# pains\npain_points:\n  - id: a # first\n    name: A\n    weight: 3\n    phrases: [x]\n'
    const next = setValue(text, ['pain_points', 1], item)
    expect(next).toContain('# pains\npain_points:\n  - id: a # first\n')
    expect(readYaml(next ?? '').values).toMatchObject({
      pain_points: [{ id: 'a' }, { id: 'item_2', name: '', weight: 6 }],
    })
  })
})

it('labels keys and reads lines', () => {
  expect(labelOf('one_liner')).toBe('One liner')
  expect(toLines(' a\n\n b \n')).toEqual(['a', 'b'])
})
