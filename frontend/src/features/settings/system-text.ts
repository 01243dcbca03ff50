import type { SystemResponse } from '@/api/gen/types.gen'
import { formatBytes, formatExact, formatNumber } from '@/utils/format'

export type FactName =
  | 'version'
  | 'go'
  | 'started'
  | 'database'
  | 'size'
  | 'free'
  | 'redis'
  | 'serves'
  | 'leads'
  | 'analyses'
  | 'jobs'

/** What the server says of itself, a name and a value each. */
export function facts(system: SystemResponse): [FactName, string][] {
  const { database, jobs } = system
  const free = system.data_dir_free_bytes
  return [
    ['version', system.version],
    ['go', system.go],
    ['started', formatExact(system.started_at)],
    ['database', `${database.kind} ${database.version}`],
    ['size', formatBytes(database.size_bytes)],
    ['free', free < 0 ? '–' : formatBytes(free)],
    ['redis', system.redis ? '✓' : '–'],
    ['serves', system.roles.join(', ')],
    ['leads', formatNumber(system.leads)],
    ['analyses', formatNumber(system.analyses)],
    [
      'jobs',
      [jobs.queued, jobs.running, jobs.failed].map((count) => formatNumber(count)).join(' / '),
    ],
  ]
}

/** The same as plain text for a report of a fault; times in UTC, so that it reads the same everywhere. */
export function asText(system: SystemResponse): string {
  const head = facts(system).map(
    ([name, value]) => `${name}: ${name === 'started' ? system.started_at : value}`,
  )
  const checks = system.checks.map(({ state, name, detail, remedy }) =>
    [`[${state}] ${name}: ${detail}`, remedy && `  ${remedy}`].filter(Boolean).join('\n'),
  )
  return [...head, '', ...checks].join('\n')
}
