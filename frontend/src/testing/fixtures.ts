import type { Analysis, Batch, Claim, Import, Lead, Message } from '@/api/contract'
import type { Grade, LeadStatus } from '@/types/grade'

/** Invented people and texts for tests and for developing without a server. */

const NOW = Date.parse('2025-11-24T09:00:00Z')
const ago = (hours: number) => new Date(NOW - hours * 3_600_000).toISOString()

export const TEXT =
  'Owner of a small metal fab shop here, 42 people 🏭. QuickBooks for invoices, a Google Sheet for stock, and a whiteboard for what ships today.\n\nWe shipped 9 wrong orders in September alone. My ops person quit last Friday. What are people my size using for order and inventory management? I want to sign something before Thanksgiving. Budget ~$500/mo.'

const QUOTES: [string, string, string, string][] = [
  ['pain', 'order-chaos', 'We shipped 9 wrong orders in September alone', 'explicit'],
  [
    'pain',
    'manual-spreadsheets',
    'a Google Sheet for stock, and a whiteboard for what ships today',
    'explicit',
  ],
  ['urgency', 'deadline', 'I want to sign something before Thanksgiving', 'high'],
  ['authority', 'owner', 'Owner of a small metal fab shop', 'decision_maker'],
  ['specificity', 'scale', '42 people 🏭', '2'],
  ['specificity', 'quantified', '9 wrong orders in September', '2'],
  ['specificity', 'budget', 'Budget ~$500/mo', '2'],
]

function claims(): Claim[] {
  const points = Array.from(TEXT)
  return QUOTES.map(([part, id, quote, value], i) => {
    const start = Array.from(TEXT.slice(0, TEXT.indexOf(quote))).length
    const end = start + Array.from(quote).length
    if (points.slice(start, end).join('') !== quote) throw new Error(`bad fixture: ${quote}`)
    return { key: `c${i}`, part, id, value, field: 'content', quote, start, end }
  })
}

const NAMES = [
  'Dana Whitlock',
  'Oliver Stannage',
  'Siobhán Kerrigan',
  'Chipo Maregere',
  'Ines Falk',
  'Bram de Wit',
  'Yuki Tanabe',
  'Lucía Ferrer',
  'Tomasz Wilk',
  'Priya Raman',
  'Noah Lindqvist',
  'Amara Obi',
]
const COMPANIES = [
  'Whitlock Metalworks',
  'Stannage Fabrications',
  'Westmere Animal Nutrition',
  'Maregere Bakers Supply',
  'Falk & Söhne GmbH',
  'De Wit Bloemen',
  'Tanabe Optics',
  'Ferrer Cerámica',
  'Wilk Meble',
  'Raman Textiles',
  'Lindqvist Marine',
  'Obi Cold Chain',
]
const TITLES = ['Owner', 'Head of Operations', 'CFO', 'Office Manager', 'Founder', 'Warehouse Lead']
const SOURCES = ['linkedin', 'reddit', 'website', 'csv']
const GRADES: Grade[] = ['A+', 'A', 'A', 'B', 'B', 'C', 'C', 'D']
const SCORES: Record<Grade, number> = { 'A+': 94, A: 81, B: 64, C: 41, D: 8 }

export function makeLead(i: number): Lead {
  const grade = i % 11 === 10 ? null : GRADES[Math.floor((i * 8) / 240) % 8]!
  const status: LeadStatus =
    grade === null ? 'new' : grade === 'D' ? 'disqualified' : grade === 'C' ? 'new' : 'qualified'
  const name = NAMES[i % NAMES.length]!
  const company = COMPANIES[i % COMPANIES.length]!
  return {
    id: `0193-lead-${i}`,
    name: i % 17 === 16 ? '' : name,
    title: TITLES[i % TITLES.length]!,
    company,
    company_id: null,
    source_id: '',
    timezone: '',
    value_micros: null,
    email: `${name.split(' ')[0]!.toLowerCase()}.${i}@example.com`,
    phone: '+1 614 555 01' + String(i % 100).padStart(2, '0'),
    linkedin_url: '',
    url: `https://posts.example/${i}`,
    source: SOURCES[i % SOURCES.length]!,
    content: TEXT,
    industry: 'Manufacturing',
    location: 'Ohio, USA',
    country: 'US',
    company_size: '42',
    language: 'en',
    status,
    grade,
    score: grade === null ? null : SCORES[grade] - (i % 5),
    top_pain:
      grade === null || grade === 'D'
        ? null
        : {
            id: 'order-chaos',
            name: i % 2 ? 'Wrong and late orders' : 'Stock kept in spreadsheets',
            quote: QUOTES[0]![2],
          },
    owner_id: null,
    tags: [],
    custom: i % 3 ? {} : { 'Lead score (old tool)': '71' },
    posted_at: ago(i + 5),
    analyzed_at: grade === null ? null : ago(2),
    last_activity_at: ago(i),
    created_at: ago(i + 3),
    updated_at: ago(i),
    version: 1,
  }
}

export const LEADS: Lead[] = Array.from({ length: 240 }, (_, i) => makeLead(i))

export function makeAnalysis(lead: Lead): Analysis {
  const all = claims()
  return {
    id: `an-${lead.id}`,
    lead_id: lead.id,
    analyzer: 'rules',
    analyzer_version: '1',
    model: '',
    profile_version: 3,
    evidence: 'explicit',
    urgency: 'high',
    authority: 'decision_maker',
    specificity: 8,
    fit: 'in',
    disqualifier: lead.grade === 'D' ? 'past_solved' : null,
    language: 'en',
    unreadable: false,
    reasoning:
      'The owner names two current pains, a deadline and a budget, and buys for the company.',
    claims: all,
    dropped_claims: 1,
    score: lead.score ?? 0,
    grade: lead.grade ?? 'D',
    score_version: '1',
    breakdown: [
      {
        part: 'evidence',
        level: 'explicit',
        weight: 39,
        points: 37.2,
        max: 39,
        reason: 'Own, current pain stated',
      },
      {
        part: 'authority',
        level: 'decision_maker',
        weight: 14.6,
        points: 14.6,
        max: 14.6,
        reason: 'Says they own the shop',
      },
      {
        part: 'urgency',
        level: 'high',
        weight: 14.7,
        points: 14.7,
        max: 14.7,
        reason: 'A deadline within a month',
      },
      {
        part: 'specificity',
        level: '8',
        weight: 14.7,
        points: 14.2,
        max: 14.7,
        reason: 'Scale, numbers and budget named',
      },
      {
        part: 'fit',
        level: 'in',
        weight: 17,
        points: 17,
        max: 17,
        reason: 'Industry and region match',
      },
    ],
    tokens_in: 0,
    tokens_out: 0,
    cost_micros: 0,
    cached: false,
    analyzed_at: ago(2),
  } as unknown as Analysis
}

export function makeMessage(lead: Lead): Message {
  return {
    id: `msg-${lead.id}`,
    lead_id: lead.id,
    subject: 'Wrong orders in September',
    body: `Hi Dana,\n\nyou wrote "We shipped 9 wrong orders in September alone". Whitlock Metalworks is not alone in that: Harbor Stock gives small plants one board for orders and stock.\n\nWould a 15 minute look next week help?\n\nAlex`,
    template_id: 't1',
    writer: 'template',
    variables: [
      { name: 'first_name', value: 'Dana' },
      { name: 'pain_quote', value: 'We shipped 9 wrong orders in September alone' },
      { name: 'company', value: 'Whitlock Metalworks' },
      { name: 'our_company', value: 'Harbor Stock' },
      { name: 'sender_name', value: 'Alex' },
    ],
    status: 'draft',
    version: 2,
    edited_by: null,
    created_at: ago(2),
    updated_at: ago(1),
  }
}

export const BATCHES: Batch[] = [
  {
    id: 'b1',
    name: 'November posts',
    analyzer: 'llm',
    model: 'small-model',
    status: 'running',
    draft: true,
    profile_version: 3,
    created_by: null,
    total: 1200,
    done: 610,
    cached: 140,
    failed: 12,
    skipped: 0,
    qualified: 212,
    cost_micros: 1_840_000,
    currency: 'USD',
    budget_micros: 5_000_000,
    rate_per_s: 9.4,
    eta_s: 61,
    grades: { 'A+': 48, A: 92, B: 130, C: 200, D: 140 },
    started_at: ago(0.1),
    finished_at: null,
    created_at: ago(0.1),
    error: null,
  },
  {
    id: 'b2',
    name: 'First import',
    analyzer: 'rules',
    model: '',
    status: 'finished',
    draft: true,
    profile_version: 3,
    created_by: null,
    total: 240,
    done: 240,
    cached: 0,
    failed: 0,
    skipped: 0,
    qualified: 88,
    cost_micros: 0,
    currency: 'USD',
    budget_micros: null,
    rate_per_s: 2100,
    eta_s: null,
    grades: { 'A+': 20, A: 40, B: 60, C: 70, D: 50 },
    started_at: ago(30),
    finished_at: ago(29.9),
    created_at: ago(30),
    error: null,
  },
]

export const IMPORT: Import = {
  id: 'i1',
  filename: 'hubspot-contacts.csv',
  format: 'csv',
  encoding: 'windows-1252',
  delimiter: ';',
  size: 48_210,
  status: 'previewed',
  rows_total: 312,
  created: 280,
  updated: 9,
  unchanged: 12,
  duplicate: 6,
  rejected: 5,
  warnings: [
    {
      code: 'ambiguous_date',
      column: 'Last seen',
      count: 41,
      message: '41 dates could be read as day/month or month/day; they are kept as they are.',
    },
  ],
  mapping: {},
  sha256: '',
  tool: 'HubSpot',
  created_by: null,
  started_at: null,
  file_kept: true,
  removed: 0,
  put_back: 0,
  kept: 0,
  undone_by: null,
  undone_at: null,
  error: null,
  created_at: ago(1),
  finished_at: null,
}
