/** The leads that a filter finds, as an address of the app. */
export function leadsHref(filter: string, source?: string): string {
  const both = source === undefined ? filter : `source = ${quoted(source)} and (${filter})`
  return `/leads?filter=${encodeURIComponent(both)}`
}

/** A value as the filter language takes it. */
function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`
}

/** How strongly a share of lacking leads should draw the eye. */
export function toneOf(count: number, of: number): 'none' | 'some' | 'many' | 'most' {
  if (count === 0 || of === 0) return 'none'
  const share = count / of
  if (share < 0.2) return 'some'
  return share < 0.6 ? 'many' : 'most'
}
