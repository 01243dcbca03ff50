import type { Claim } from '@/api/contract'
import { placeSpans, type Span } from '@/utils/segments'

const FIELDS = ['content', 'title', 'company', 'location']

/** The text first, then the other fields; in each by place, the wider of two that begin together first. */
export function inReadingOrder(claims: readonly Claim[]): Claim[] {
  const rank = (claim: Claim) => {
    const at = FIELDS.indexOf(claim.field)
    return at < 0 ? FIELDS.length : at
  }
  return [...claims].sort((a, b) => rank(a) - rank(b) || a.start - b.start || b.end - a.end)
}

/** The part of the score that a claim counts for. */
export function partOf(claim: Claim): string {
  return claim.part === 'pain' ? 'evidence' : claim.part
}

export interface QuoteGroup {
  quote: string
  field: string
  claims: Claim[]
}

/** Claims that stand on the same words, together, in reading order. */
export function byQuote(claims: readonly Claim[]): QuoteGroup[] {
  const groups = new Map<string, QuoteGroup>()
  for (const claim of inReadingOrder(claims)) {
    const place = `${claim.field}:${claim.start}:${claim.end}`
    const group = groups.get(place)
    if (group) group.claims.push(claim)
    else groups.set(place, { quote: claim.quote, field: claim.field, claims: [claim] })
  }
  return [...groups.values()]
}

/** Where the claims on a field stand in its text now; one whose words were changed since is left out. */
export function placedClaims(text: string, claims: readonly Claim[], field: string): Span[] {
  const own = claims.filter((claim) => claim.field === field)
  return placeSpans(text, own).filter(
    (span, i) => text.slice(span.start, span.end) === own[i]!.quote,
  )
}

/** How many claims quote words that are no longer there, because a field was changed after the analysis. */
export function lostClaims(
  claims: readonly Claim[],
  fields: Readonly<Record<string, string>>,
): number {
  return claims.filter((claim) => !(fields[claim.field] ?? '').includes(claim.quote)).length
}
