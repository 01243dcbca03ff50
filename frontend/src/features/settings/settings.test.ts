import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import type { SystemResponse } from '@/api/gen/types.gen'
import { grouped } from '@/features/settings/roles'
import operation from '@/utils/i18n/en/operation.json'
import { asText, facts } from '@/features/settings/system-text'

const SYSTEM: SystemResponse = {
  version: '1.2.3',
  go: 'go1.26',
  started_at: '2026-11-25T03:00:00Z',
  database: { kind: 'sqlite', version: '3.50', size_bytes: 2_500_000 },
  redis: false,
  roles: ['api', 'worker'],
  data_dir_free_bytes: -1,
  leads: 12,
  analyses: 3,
  jobs: { queued: 1, running: 2, failed: 3 },
  checks: [
    { name: 'key', ok: true, state: 'ok', detail: 'is set', remedy: '' },
    { name: 'disk', ok: false, state: 'fault', detail: 'is full', remedy: 'Make room.' },
  ],
}

describe('system text', () => {
  it('says of a size that cannot be told that it is not known', () => {
    const values = Object.fromEntries(facts(SYSTEM))
    expect(values).toMatchObject({ free: '–', size: '2.5 MB', jobs: '1 / 2 / 3' })
  })

  it('gives checks with their remedies, and times in UTC', () => {
    const text = asText(SYSTEM)
    expect(text).toContain('started: 2026-11-25T03:00:00Z')
    expect(text).toContain('[ok] key: is set\n[fault] disk: is full\n  Make room.')
  })
})

describe('grouped', () => {
  it("keeps the server's order of groups and rows", () => {
    const rows = ['b.x', 'a.y', 'b.z'].map((name) => ({ name, group: name[0]! }))
    expect(grouped(rows).map(([group, of]) => [group, of.map((row) => row.name)])).toEqual([
      ['b', ['b.x', 'b.z']],
      ['a', ['a.y']],
    ])
  })
})

describe('the table of roles', () => {
  const table = readFileSync('../backend/internal/account/permissions.go', 'utf8')
  const names = [...table.matchAll(/^\t\t"([a-z_]+)\.([a-z_]+)":/gm)].map(([, group, name]) => [
    group!,
    name!,
  ])
  const words: Record<string, Record<string, string>> = operation

  it('is read at all', () => {
    expect(names.length).toBeGreaterThan(90)
  })

  it.each(names)('has plain words for %s.%s', (group, name) => {
    expect(words[group]?.title).toBeTruthy()
    expect(words[group]?.[name]).toBeTruthy()
  })

  it('has words for nothing else', () => {
    const known = new Set(names.map(([group, name]) => `${group}.${name}`))
    const told = Object.entries(words).flatMap(([group, of]) =>
      Object.keys(of).map((name) => `${group}.${name}`),
    )
    expect(told.filter((name) => !name.endsWith('.title') && !known.has(name))).toEqual([])
  })
})
