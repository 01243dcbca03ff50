export interface Failure {
  lead_id: string
  lead_name: string
  code: string
  reason: string
  attempts: number
}

export interface FailureGroup {
  code: string
  /** The words of its first failure. */
  reason: string
  failures: Failure[]
}

/** Failures by what went wrong, the most frequent first. */
export function groupFailures(failures: readonly Failure[]): FailureGroup[] {
  const groups = new Map<string, FailureGroup>()
  for (const each of failures) {
    const group = groups.get(each.code) ?? { code: each.code, reason: each.reason, failures: [] }
    group.failures.push(each)
    groups.set(each.code, group)
  }
  return [...groups.values()].sort((a, b) => b.failures.length - a.failures.length)
}

const REMEDIES = [
  [/^budget/, 'budget'],
  [/rate_limited|timeout|unreachable|provider_failed|call_stopped/, 'wait'],
  [/malformed/, 'again'],
  [/key_refused|not_configured|model|base_url|not_allowed|credit|refused/, 'settings'],
  [/too_long/, 'shorten'],
] as const

export type Remedy = (typeof REMEDIES)[number][1] | 'other'

/** What helps against a kind of failure. */
export function remedyOf(code: string): Remedy {
  return REMEDIES.find(([pattern]) => pattern.test(code))?.[1] ?? 'other'
}
