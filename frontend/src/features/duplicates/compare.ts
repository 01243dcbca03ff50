import type { Lead, MergeField, MergeRule } from '@/api/contract'
import type { LeadMergeRequest } from '@/api/gen/types.gen'

export interface Cell {
  value: string
  source?: string
  at?: string
}

/** A field of leads that are compared: what each has, and whose value stays. */
export interface Row {
  field: string
  /** By lead; a lead that has nothing there has no cell. */
  cells: Record<string, Cell>
  /** Whether they say the same, only some say something, or they disagree. */
  kind: 'same' | 'partial' | 'clash'
  /** The lead whose value stays; null when the values unite, or nobody said yet. */
  from: string | null
  /** What will stand there. */
  result: string
  /** By which rule the server chose; null by hand, or where there is no choice. */
  rule: MergeRule | null
}

/** What somebody wants of a merge. */
export interface Wish {
  survivor: string
  /** Field → lead whose value is taken, by hand. */
  picks: Record<string, string>
  rule: MergeRule
  /** Field → rule, where it is another than for the rest. */
  rules: Record<string, MergeRule>
}

export const RULES = [
  'survivor',
  'most_trusted',
  'newest',
  'longest',
  'verified',
] as const satisfies MergeRule[]

const ORDER = [
  'name',
  'title',
  'company',
  'email',
  'phone',
  'linkedin_url',
  'url',
  'location',
  'country',
  'industry',
  'company_size',
  'language',
  'timezone',
  'status',
  'owner_id',
  'value',
  'tags',
  'grade',
  'source',
  'posted_at',
  'content',
]

/** Tags unite, and the grade is the newest analysis's: nobody chooses these. */
const UNITED = new Set(['tags', 'grade', 'last_activity_at'])

export function choosable(field: string): boolean {
  return !UNITED.has(field)
}

function place(field: string): number {
  const at = ORDER.indexOf(field)
  return at < 0 ? ORDER.length : at
}

function inOrder(a: { field: string }, b: { field: string }): number {
  return place(a.field) - place(b.field) || a.field.localeCompare(b.field)
}

/** What a lead has in a field, as the server writes it. */
function valueOf(lead: Lead, field: string): string {
  if (field.startsWith('custom.')) return lead.custom[field.slice(7)] ?? ''
  if (field === 'tags') return lead.tags.join(', ')
  if (field === 'value') return lead.value_micros === null ? '' : String(lead.value_micros)
  const value = (lead as unknown as Record<string, unknown>)[field]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function kindOf(cells: Record<string, Cell>, leads: number): Row['kind'] {
  const values = Object.values(cells).map((cell) => cell.value)
  if (new Set(values).size > 1) return 'clash'
  return values.length < leads ? 'partial' : 'same'
}

/** Compares leads by themselves; whose value would stay only the server knows. */
export function rowsOfLeads(leads: readonly Lead[]): Row[] {
  const custom = new Set(leads.flatMap((lead) => Object.keys(lead.custom)))
  const fields = [...ORDER, ...[...custom].map((name) => `custom.${name}`)]
  return fields
    .map((field): Row => {
      const cells = Object.fromEntries(
        leads
          .map((lead) => [lead.id, { value: valueOf(lead, field) }] as const)
          .filter(([, cell]) => cell.value !== ''),
      )
      return { field, cells, kind: kindOf(cells, leads.length), from: null, result: '', rule: null }
    })
    .filter((row) => Object.keys(row.cells).length > 0)
    .sort(inOrder)
}

/** The rows of what the server says a merge would make. */
export function rowsOfPreview(fields: readonly MergeField[], leads: number): Row[] {
  return fields
    .map((field): Row => {
      const cells = Object.fromEntries(
        field.values
          .filter((each) => each.value !== '')
          .map((each) => [each.lead_id, { value: each.value, source: each.source, at: each.at }]),
      )
      return {
        field: field.name,
        cells,
        kind: kindOf(cells, leads),
        from: choosable(field.name) ? field.from : null,
        result: field.value,
        rule: field.rule,
      }
    })
    .filter((row) => Object.keys(row.cells).length > 0)
    .sort(inOrder)
}

/** A value chosen by hand; choosing it again leaves it to the rule. */
export function withPick(wish: Wish, field: string, lead: string): Wish {
  const others = without(wish.picks, field)
  return {
    ...wish,
    picks: wish.picks[field] === lead ? others : { ...others, [field]: lead },
  }
}

/** A rule for one field, which then is no longer chosen by hand; null is the rule of the rest. */
export function withRule(wish: Wish, field: string, rule: MergeRule | null): Wish {
  const picks = without(wish.picks, field)
  const rules = without(wish.rules, field)
  return { ...wish, picks, rules: rule ? { ...rules, [field]: rule } : rules }
}

function without<T>(record: Record<string, T>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([each]) => each !== key))
}

/** The wish as the server takes it. Of the leads, all but the survivor are merged into it. */
export function requestOf(
  wish: Wish,
  leads: readonly { id: string; version?: number }[],
): LeadMergeRequest {
  const known = leads.filter((lead) => lead.version !== undefined)
  return {
    survivor_id: wish.survivor,
    merged_ids: leads.map(({ id }) => id).filter((id) => id !== wish.survivor),
    fields: Object.fromEntries(
      Object.entries(wish.picks).map(([field, lead_id]) => [field, { lead_id }]),
    ),
    rule: wish.rule,
    rules: wish.rules,
    ...(known.length > 0
      ? { versions: Object.fromEntries(known.map(({ id, version }) => [id, version!])) }
      : {}),
  }
}
