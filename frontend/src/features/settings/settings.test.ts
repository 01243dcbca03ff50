import { readFileSync } from 'node:fs'

import i18next from 'i18next'
import { describe, expect, it } from 'vitest'

import type { SystemResponse } from '@/api/gen/types.gen'
import { browserName } from '@/features/settings/browser-name'
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

describe('browserName', () => {
  const agents = {
    'Chrome on Windows':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    'Edge on Windows':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
    'Safari on macOS':
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
    'Safari on iPhone':
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    'Firefox on Linux': 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
    'Samsung Internet on Android':
      'Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
    'curl/8.5.0': 'curl/8.5.0',
    'Unknown browser': '',
  }
  it.each(Object.entries(agents))('%s', (name, agent) => {
    expect(browserName(agent, i18next.t)).toBe(name)
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
