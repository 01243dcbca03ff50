import { http, HttpResponse } from 'msw'

import type { Duplicate } from '@/api/contract'
import type { LeadMergeRequest } from '@/api/gen/types.gen'
import { LEADS } from '@/testing/fixtures'

const api = (path: string) => `*/api/v1${path}`

/** Neighbours in the list of invented leads, as if they were alike. */
export function makePairs(count = 12): Duplicate[] {
  return Array.from({ length: count }, (_, i) => {
    const [a, b] = [LEADS[2 * i]!, LEADS[2 * i + 1]!]
    return {
      id: `pair-${i}`,
      a,
      b,
      score: 0.99 - i * 0.03,
      suggested: a.id,
      state: 'open',
      held: '',
      model: '1',
      version: 1,
      judged_by: null as unknown as string,
      judged_at: null as unknown as string,
      created_at: '2025-11-20T10:00:00Z',
      weights: [
        { field: 'email', agreement: 'similar', bits: 9.2 },
        { field: 'last_name', agreement: 'same', bits: 6.1 },
        { field: 'city', agreement: 'differs', bits: -3.4 },
        { field: 'phone', agreement: 'missing', bits: 0 },
      ],
    }
  })
}

let pairs = makePairs()

let policy = {
  merge_sure: false,
  rule: 'survivor',
  rules: {},
  threshold: 0.99,
  waiting: 1,
  version: 0,
}

/** What the queue of duplicates asks for; verdicts count until the page is loaded anew. */
export const duplicatesHandlers = [
  http.get(api('/duplicates/sweep'), () => HttpResponse.json({ sweep: null })),
  http.get(api('/duplicates/policy'), () => HttpResponse.json(policy)),
  http.put(api('/duplicates/policy'), async ({ request }) => {
    policy = { ...policy, ...((await request.json()) as object), version: policy.version + 1 }
    return HttpResponse.json(policy)
  }),
  http.get(api('/merges'), () =>
    HttpResponse.json({ items: [], next_cursor: null, total: 0, total_capped: false }),
  ),
  http.get(api('/duplicates'), ({ request }) => {
    const query = new URL(request.url).searchParams
    const state = query.get('state') ?? 'open'
    const min = Number(query.get('min_score') ?? 0)
    const lead = query.get('lead')
    const items = pairs.filter(
      (pair) =>
        pair.state === state &&
        pair.score >= min &&
        (!lead || pair.a.id === lead || pair.b.id === lead),
    )
    return HttpResponse.json({ items, next_cursor: null, total: items.length, total_capped: false })
  }),
  http.get(api('/duplicates/:id'), ({ params }) => {
    const pair = pairs.find((each) => each.id === params.id)
    return pair ? HttpResponse.json(pair) : new HttpResponse(null, { status: 404 })
  }),
  http.post(api('/duplicates/:id'), async ({ params, request }) => {
    const { verdict } = (await request.json()) as { verdict: string }
    const state = (
      { merge: 'merged', different: 'different', skip: 'skipped', open: 'open' } as const
    )[verdict as 'merge']
    pairs = pairs.map((pair) =>
      pair.id === params.id ? { ...pair, state, version: pair.version + 1 } : pair,
    )
    return HttpResponse.json({ pair: pairs.find((each) => each.id === params.id), merge: null })
  }),
  http.post(api('/leads/merge'), async ({ request }) => {
    const { survivor_id, merged_ids } = (await request.json()) as LeadMergeRequest
    const leads = [survivor_id, ...merged_ids].map((id) => LEADS.find((each) => each.id === id)!)
    const fields = (['name', 'title', 'company', 'email'] as const).map((name) => ({
      name,
      value: leads[0]![name],
      from: survivor_id,
      rule: 'survivor',
      clash: true,
      values: leads.map((lead) => ({
        lead_id: lead.id,
        value: lead[name],
        source: lead.source,
        at: lead.created_at,
      })),
    }))
    return HttpResponse.json({ merge_id: null, survivor: leads[0], fields, moved: {} })
  }),
  http.get(api('/leads/:id/merges'), () => HttpResponse.json({ items: [] })),
]

/** Every pair as it was at first. */
export function resetPairs(): void {
  pairs = makePairs()
}
