import { http, HttpResponse } from 'msw'

import type { Operation } from '@/types/operation'
import { leadHandlers } from '@/testing/handlers/lead'
import { BATCHES, IMPORT, LEADS, makeAnalysis, makeMessage } from '@/testing/fixtures'

const api = (path: string) => `*/api/v1${path}`
const page = <T>(items: T[], total = items.length) => ({
  items,
  next_cursor: null,
  total,
  total_capped: false,
})

const state = { signedIn: true, needed: false, imported: { ...IMPORT }, started: 0 }

const ALL: Operation[] = [
  'leads.import',
  'leads.batch_analyze',
  'leads.bulk',
  'leads.update',
  'leads.analyze',
  'leads.claim',
  'leads.related',
  'analyses.correct',
  'analyses.uncorrect',
  'templates.create',
  'templates.update',
  'templates.delete',
  'templates.preview',
  'leads.restore',
  'samples.load',
  'messages.update',
  'messages.draft',
  'profile.update',
  'profile.apply',
  'profile.restore',
  'users.invite',
  'users.list',
  'users.update',
  'api_keys.create',
  'settings.update',
  'settings.ai_update',
  'settings.ai_test',
  'budgets.update',
  'batches.pause',
  'batches.cancel',
  'batches.resume',
  'batches.retry',
  'batches.retry_failure',
  'imports.run',
  'leads.delete',
]

/** A pretend server for tests and for `npm run dev:mock`; it knows the contract's shapes, not its rules. */
export const handlers = [
  ...leadHandlers,
  http.get(api('/setup'), () => HttpResponse.json({ needed: state.needed })),
  http.post(api('/setup'), () => {
    state.signedIn = true
    state.needed = false
    return HttpResponse.json({ user: {} }, { status: 201 })
  }),
  http.post(api('/auth/login'), () => {
    state.signedIn = true
    return HttpResponse.json({ user: {} })
  }),
  http.post(api('/auth/logout'), () => {
    state.signedIn = false
    return new HttpResponse(null, { status: 204 })
  }),
  http.post(api('/auth/refresh'), () =>
    state.signedIn
      ? new HttpResponse(null, { status: 204 })
      : problem(401, 'unauthenticated', 'Sign in first.'),
  ),
  http.get(api('/me'), () =>
    state.signedIn
      ? HttpResponse.json({
          user: { id: 'u1', name: 'Robin Vale', email: 'robin@example.com', role: 'admin' },
          permissions: ALL,
          scopes: null,
        })
      : problem(401, 'unauthenticated', 'Sign in first.'),
  ),
  http.get(api('/analytics/overview'), () =>
    HttpResponse.json({
      leads_total: 1552,
      leads_new_7d: 318,
      analyzed: 1240,
      qualified: 402,
      qualified_rate: { numerator: 402, denominator: 1240 },
      grades: { 'A+': 68, A: 132, B: 202, C: 420, D: 418 },
      sources: [
        { source: 'linkedin', count: 620, qualified: 190 },
        { source: 'reddit', count: 430, qualified: 122 },
        { source: 'website', count: 300, qualified: 70 },
        { source: 'csv', count: 202, qualified: 20 },
      ],
      trend: Array.from({ length: 30 }, (_, i) => ({
        date: new Date(Date.parse('2025-10-26') + i * 86_400_000).toISOString().slice(0, 10),
        found: Math.round(30 + 25 * Math.sin(i / 3) + i),
        qualified: Math.round(9 + 7 * Math.sin(i / 3) + i / 4),
      })),
      batches_running: [BATCHES[0]],
      cost_micros_month: 12_430_000,
      recent: [
        {
          seq: 9,
          type: 'batch.created',
          at: '2025-11-24T08:50:00Z',
          subject: { kind: 'batch', id: 'b1' },
        },
        {
          seq: 8,
          type: 'import.finished',
          at: '2025-11-24T08:10:00Z',
          subject: { kind: 'import', id: 'i1' },
        },
        {
          seq: 7,
          type: 'lead.qualified',
          at: '2025-11-24T08:00:00Z',
          subject: { kind: 'lead', id: LEADS[0]!.id },
        },
      ],
    }),
  ),
  http.get(api('/leads'), ({ request }) => {
    const url = new URL(request.url)
    const q = url.searchParams.get('q')?.toLowerCase() ?? ''
    const from = Number(url.searchParams.get('cursor') ?? 0)
    const limit = Number(url.searchParams.get('limit') ?? 50)
    const found = LEADS.filter(
      (lead) => !q || `${lead.name} ${lead.company}`.toLowerCase().includes(q),
    )
    const items = found.slice(from, from + limit).map((lead) => {
      const at = q ? lead.name.toLowerCase().indexOf(q) : -1
      return at < 0 ? lead : { ...lead, highlights: { name: [[at, at + q.length]] } }
    })
    const next = from + limit < found.length ? String(from + limit) : null
    return HttpResponse.json({ items, next_cursor: next, total: found.length, total_capped: false })
  }),
  http.get(api('/leads/:id'), ({ params }) => {
    const lead = LEADS.find((each) => each.id === params.id)
    return lead ? HttpResponse.json(lead) : problem(404, 'not_found', 'There is no such lead.')
  }),
  http.put(api('/leads/:id'), async ({ params, request }) => {
    const lead = LEADS.find((each) => each.id === params.id)!
    Object.assign(lead, await request.json(), { version: lead.version + 1 })
    return HttpResponse.json(lead)
  }),
  http.get(api('/leads/:id/analyses'), ({ params }) => {
    const lead = LEADS.find((each) => each.id === params.id)!
    return HttpResponse.json({ items: lead.grade ? [makeAnalysis(lead)] : [] })
  }),
  http.post(api('/leads/:id/analyses/:aid/what-if'), async ({ params, request }) => {
    const lead = LEADS.find((each) => each.id === params.id)!
    const { off } = (await request.json()) as { off: string[] }
    const { breakdown, score } = makeAnalysis(lead)
    const lost = off.length * 9
    return HttpResponse.json({
      score: Math.max(0, score - lost),
      grade: lost > 20 ? 'C' : 'B',
      breakdown: breakdown.map((row) => ({ ...row, points: Math.max(0, row.points - lost / 4) })),
    })
  }),
  http.get(api('/leads/:id/provenance'), () =>
    HttpResponse.json({
      items: [
        {
          field: 'email',
          value: '',
          source: 'csv',
          import_id: 'i1',
          row: 14,
          at: '2025-11-20T10:00:00Z',
        },
      ],
    }),
  ),
  http.get(api('/leads/:id/timeline'), ({ params }) =>
    HttpResponse.json({
      items: [
        {
          seq: 3,
          type: 'message.drafted',
          at: '2025-11-24T08:00:00Z',
          subject: { kind: 'lead', id: params.id },
        },
        {
          seq: 2,
          type: 'lead.qualified',
          at: '2025-11-24T07:59:00Z',
          subject: { kind: 'lead', id: params.id },
        },
        {
          seq: 1,
          type: 'lead.found',
          at: '2025-11-24T06:00:00Z',
          subject: { kind: 'lead', id: params.id },
        },
      ],
    }),
  ),
  http.get(api('/leads/:id/message'), ({ params }) => {
    const lead = LEADS.find((each) => each.id === params.id)!
    return lead.status === 'qualified'
      ? HttpResponse.json(makeMessage(lead))
      : new HttpResponse(null, { status: 204 })
  }),
  http.put(api('/leads/:id/message'), async ({ params, request }) => {
    const lead = LEADS.find((each) => each.id === params.id)!
    return HttpResponse.json({
      ...makeMessage(lead),
      ...((await request.json()) as object),
      version: 3,
    })
  }),
  http.post(api('/leads/:id/message'), ({ params }) =>
    HttpResponse.json(makeMessage(LEADS.find((each) => each.id === params.id)!)),
  ),
  http.get(api('/leads/:id/message/versions'), ({ params }) => {
    const message = makeMessage(LEADS.find((each) => each.id === params.id)!)
    return HttpResponse.json({
      items: [
        { ...message, number: 2 },
        { ...message, version: 1, number: 1, subject: 'A first try' },
      ],
    })
  }),
  http.post(api('/leads/estimate'), async ({ request }) => {
    const body = (await request.json()) as { ids?: string[]; analyzer: string }
    const leads = body.ids?.length ?? 1552
    const paid = body.analyzer === 'llm'
    return HttpResponse.json({
      leads,
      cached: Math.floor(leads / 5),
      to_analyze: leads - Math.floor(leads / 5),
      tokens_in: leads * 900,
      tokens_out: leads * 200,
      cost_micros: paid ? leads * 3100 : 0,
      currency: 'USD',
      seconds: paid ? leads / 8 : 1,
      fits: true,
      budget: {
        limit_micros: 20_000_000,
        spent_micros: 12_430_000,
        reserved_micros: 0,
        left_micros: 7_570_000,
      },
    })
  }),
  http.post(api('/leads/batch-analyze'), () => HttpResponse.json(BATCHES[0], { status: 202 })),
  http.get(api('/batches'), () => HttpResponse.json(page(BATCHES))),
  http.get(api('/batches/:id'), ({ params }) =>
    HttpResponse.json(BATCHES.find((each) => each.id === params.id) ?? BATCHES[0]),
  ),
  http.get(api('/batches/:id/failures'), ({ params }) =>
    HttpResponse.json({
      items:
        params.id === 'b2'
          ? []
          : [
              {
                lead_id: LEADS[3]!.id,
                lead_name: 'Chipo Maregere',
                code: 'rate_limited',
                reason: 'The provider answered 429 three times.',
                attempts: 3,
                at: '2025-11-24T08:59:00Z',
              },
              {
                lead_id: LEADS[5]!.id,
                lead_name: 'Bram de Wit',
                code: 'bad_answer',
                reason: 'The answer did not fit the schema, also after asking again.',
                attempts: 3,
                at: '2025-11-24T08:58:00Z',
              },
            ],
    }),
  ),
  http.get(api('/batches/:id/results'), () =>
    HttpResponse.json({
      items: LEADS.slice(0, 10).map((l) => ({
        lead_id: l.id,
        name: l.name,
        company: l.company,
        grade: l.grade,
        score: l.score,
        quote: l.top_pain?.quote ?? '',
      })),
    }),
  ),
  http.post(api('/batches/:id/:action'), ({ params }) => {
    const batch = BATCHES.find((each) => each.id === params.id)!
    batch.status =
      params.action === 'pause' ? 'paused' : params.action === 'cancel' ? 'canceled' : 'running'
    return HttpResponse.json(batch)
  }),
  http.get(api('/imports'), () => HttpResponse.json(page([state.imported]))),
  http.get(api('/imports/:id'), () => {
    if (state.imported.status === 'running' && Date.now() - state.started > 2500)
      state.imported.status = 'finished'
    return HttpResponse.json(state.imported)
  }),
  http.post(api('/leads/import'), () =>
    HttpResponse.json({
      import: { ...IMPORT, status: 'previewed' },
      columns: [
        {
          header: 'First Name',
          samples: ['Dana', 'Oliver', 'Siobhán'],
          field: 'first_name',
          confidence: 1,
          reason: 'Known header',
        },
        {
          header: 'Associated Company',
          samples: ['Whitlock Metalworks', 'Stannage'],
          field: 'company',
          confidence: 0.9,
          reason: 'Known header',
        },
        {
          header: 'E-Mail 1',
          samples: ['dana@example.com'],
          field: 'email',
          confidence: 0.95,
          reason: 'Values are e-mail addresses',
        },
        {
          header: 'Notiz',
          samples: ['We shipped 9 wrong orders in September alone', ''],
          field: 'content',
          confidence: 0.55,
          reason: 'Long texts',
        },
        {
          header: 'Last seen',
          samples: ['03/04/2025'],
          field: null,
          confidence: 0,
          reason: 'No field fits',
        },
      ],
      rows: LEADS.slice(0, 12).map((l) => [l.name, l.company, l.email, l.content, '03/04/2025']),
      fields: [
        'first_name',
        'last_name',
        'name',
        'company',
        'title',
        'email',
        'phone',
        'content',
        'url',
        'location',
      ].map((name) => ({ name, label: name.replace('_', ' ') })),
    }),
  ),
  http.post(api('/imports/:id/dry-run'), () => HttpResponse.json({ import: { ...IMPORT } })),
  http.post(api('/imports/:id/run'), () => {
    state.imported = { ...IMPORT, status: 'running' }
    state.started = Date.now()
    return HttpResponse.json({ import: state.imported }, { status: 202 })
  }),
  http.post(api('/samples'), () => HttpResponse.json({})),
  http.get(api('/profile'), () =>
    HttpResponse.json({
      name: 'default',
      version: 3,
      checksum: 'ab12',
      set: {},
      documents: {
        company: {
          yaml: 'name: Harbor Stock\none_liner: One board for orders and stock.\nsender_name: Alex\n',
        },
        audience: {
          yaml: 'industries: [manufacturing, wholesale]\ncountries: [US, CA, GB]\nsize: {min: 10, max: 250}\n',
        },
        pain_points: {
          yaml: 'pain_points:\n  - id: order-chaos\n    name: Wrong and late orders\n    weight: 10\n    phrases:\n      - wrong orders\n',
        },
      },
    }),
  ),
  http.put(api('/profile'), () =>
    HttpResponse.json({ name: 'default', version: 4, checksum: 'x', documents: {} }),
  ),
  http.post(api('/profile/validate'), async ({ request }) => {
    const { yaml } = (await request.json()) as { yaml: string }
    return HttpResponse.json({
      errors: yaml.includes('oops')
        ? [
            {
              file: 'company.yaml',
              line: 2,
              column: 1,
              message: 'unknown key "oops"',
              hint: 'Did you mean "one_liner"?',
            },
          ]
        : [],
    })
  }),
  http.get(api('/profile/versions'), () =>
    HttpResponse.json({
      items: [3, 2, 1].map((version) => ({
        version,
        checksum: 'c',
        created_at: '2025-11-20T10:00:00Z',
        created_by: null,
      })),
    }),
  ),
  http.get(api('/profile/templates'), () =>
    HttpResponse.json({
      items: ['manufacturing', 'saas', 'retail', 'services'].map((name) => ({
        name,
        title: name,
        description: `A start for ${name}.`,
      })),
    }),
  ),
  http.get(api('/settings/ai'), () =>
    HttpResponse.json({
      configured: true,
      base_url: 'http://localhost:11434/v1',
      model: 'small-model',
      price_in: 0.15,
      price_out: 0.6,
      rpm: 500,
      tpm: 0,
    }),
  ),
  http.get(api('/budgets'), () =>
    HttpResponse.json({
      items: [
        {
          scope: 'day',
          limit_micros: 5_000_000,
          spent_micros: 4_300_000,
          reserved_micros: 120_000,
          warned_at: '2025-11-24T08:00:00Z',
        },
        {
          scope: 'month',
          limit_micros: 50_000_000,
          spent_micros: 12_430_000,
          reserved_micros: 120_000,
          warned_at: null,
        },
      ],
    }),
  ),
  http.get(api('/api-keys'), () =>
    HttpResponse.json({
      items: [
        {
          id: 'k1',
          name: 'Website form',
          prefix: 'wnw_a1b2',
          scopes: ['leads:write'],
          created_at: '2025-11-01T10:00:00Z',
          expires_at: null,
          last_used_at: '2025-11-24T08:30:00Z',
        },
      ],
    }),
  ),
  http.post(api('/api-keys'), () =>
    HttpResponse.json(
      { key: 'wnw_3f9a0c71e5b24d8896aa', id: 'k2', name: 'New', scopes: [] },
      { status: 201 },
    ),
  ),
  http.get(api('/users'), () =>
    HttpResponse.json({
      items: [
        {
          id: 'u1',
          name: 'Robin Vale',
          email: 'robin@example.com',
          role: 'admin',
          created_at: '2025-11-01T10:00:00Z',
        },
        {
          id: 'u2',
          name: 'Mika Sand',
          email: 'mika@example.com',
          role: 'user',
          created_at: '2025-11-10T10:00:00Z',
        },
        {
          id: 'u3',
          name: '',
          email: 'lou@example.com',
          role: 'viewer',
          pending: true,
          created_at: '2025-11-20T10:00:00Z',
        },
      ],
    }),
  ),
  http.post(api('/users'), () =>
    HttpResponse.json(
      { user: {}, invite_url: 'http://localhost:8080/accept?token=abc' },
      { status: 201 },
    ),
  ),
  http.get(api('/sessions'), () =>
    HttpResponse.json({
      items: [
        {
          id: 's1',
          user_agent: 'Firefox on Linux',
          ip: '127.0.0.1',
          current: true,
          created_at: '2025-11-24T07:00:00Z',
          last_seen_at: '2025-11-24T09:00:00Z',
        },
        {
          id: 's2',
          user_agent: 'Safari on iPhone',
          ip: '203.0.113.7',
          current: false,
          created_at: '2025-11-20T07:00:00Z',
          last_seen_at: '2025-11-22T09:00:00Z',
        },
      ],
    }),
  ),
]

function problem(status: number, code: string, title: string) {
  return HttpResponse.json(
    { type: 'about:blank', title, status, code, detail: '', fields: [] },
    {
      status,
      headers: { 'Content-Type': 'application/problem+json' },
    },
  )
}
