import { readdirSync, readFileSync } from 'node:fs'

import { staleBy } from '@/app/live/stale'

const CONTRACT = '../api/events'

interface Schema {
  title: string
  properties: { subject: { properties: { kind: { const: string } } } }
}

const events = readdirSync(CONTRACT)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(`${CONTRACT}/${file}`, 'utf8')) as Schema)

it('reads the contract', () => {
  expect(events.length).toBeGreaterThan(30)
})

it.each(events.map((schema) => [schema.title, schema.properties.subject.properties.kind.const]))(
  '%s renews what it makes old, or is named as of no interest',
  (type, kind) => {
    expect(staleBy({ type, subject: { kind } })).toBeDefined()
  },
)

it('knows nothing of what is not in the contract', () => {
  expect(staleBy({ type: 'weather.changed', subject: { kind: 'weather' } })).toBeUndefined()
})
