import { describe, expect, it } from 'vitest'

import type { SystemResponse } from '@/api/gen/types.gen'
import { grouped } from '@/features/settings/roles'
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
