import type { MergeChange } from '@/api/contract'

/** Of a question: both sides, or several leads, get the value. */
export const ALL = 'all'

/** What is answered to each question: what somebody chose, else the suggestion, else nothing yet. */
export function answersOf(
  changes: readonly MergeChange[],
  chosen: Readonly<Record<string, string>>,
): Record<string, string | null> {
  return Object.fromEntries(
    changes
      .filter((change) => change.asked)
      .map((change) => {
        const own = chosen[change.field]
        if (own && change.options.includes(own)) return [change.field, own]
        const suggested = change.to.length === 1 ? change.to[0]! : change.to.length > 1 ? ALL : null
        return [
          change.field,
          suggested !== null && change.options.includes(suggested) ? suggested : null,
        ]
      }),
  )
}
