import type { Grade, LeadStatus } from '@/types/grade'

export interface Page<T> {
  items: T[]
  next_cursor: string | null
  total: number
  total_capped: boolean
}

export type Role = 'viewer' | 'user' | 'admin'

export interface User {
  id: string
  name: string
  email: string
  role: Role
  disabled?: boolean
  pending?: boolean
  last_login_at?: string | null
  created_at?: string
}

export interface Me {
  user: User
  permissions: string[]
  scopes: string[] | null
}

export interface TopPain {
  id: string
  name: string
  quote: string
}

export interface Lead {
  id: string
  name: string
  title: string
  company: string
  email: string
  phone: string
  linkedin_url: string
  url: string
  source: string
  content: string
  industry: string
  location: string
  country: string
  company_size: string
  language: string
  status: LeadStatus
  grade: Grade | null
  score: number | null
  top_pain: TopPain | null
  owner_id: string | null
  tags: string[]
  custom: Record<string, unknown>
  posted_at: string | null
  analyzed_at: string | null
  last_activity_at: string | null
  created_at: string
  updated_at: string
  version: number
  /** Stretches found by the search, per field, in code points. */
  highlights?: Record<string, [number, number][]>
}

export interface Provenance {
  field: string
  value: string
  source: string
  import_id: string | null
  row: number | null
  at: string
}

/** pain, evidence, urgency, authority, specificity, fit or disqualifier; others may come. */
export type Part = string

export interface Claim {
  key: string
  part: Part
  id: string
  value?: string
  /** content, title, company or location. */
  field: string
  quote: string
  start: number
  end: number
}

export interface BreakdownRow {
  part: Part
  level: string
  weight: number
  points: number
  max: number
  reason: string
}

export interface Score {
  score: number
  grade: Grade
  breakdown: BreakdownRow[]
}

export interface Analysis extends Score {
  id: string
  lead_id: string
  analyzer: string
  analyzer_version: string
  model: string
  profile_version: number
  evidence: string
  urgency: string
  authority: string
  specificity: number
  fit: string
  disqualifier: string | null
  language: string
  unreadable: boolean
  reasoning: string
  claims: Claim[]
  dropped_claims: number
  tokens_in: number
  tokens_out: number
  cost_micros: number
  cached: boolean
  analyzed_at: string
}

export interface Message {
  id: string
  lead_id: string
  subject: string
  body: string
  template_id: string | null
  writer: string
  variables: { name: string; value: string }[]
  status: 'draft' | 'approved'
  version: number
  edited_by: string | null
  created_at: string
  updated_at: string
}

export interface Budget {
  limit_micros: number | null
  spent_micros: number
  reserved_micros: number
  left_micros: number | null
}

export interface Estimate {
  leads: number
  cached: number
  to_analyze: number
  tokens_in: number
  tokens_out: number
  cost_micros: number
  currency: string
  budget: Budget | null
  seconds: number
  fits: boolean
}

/** Which leads a batch, an estimate or a bulk action is about. */
export interface LeadSelection {
  ids?: string[]
  filter?: string
  q?: string
}

export interface BatchRequest extends LeadSelection {
  analyzer: 'rules' | 'llm'
  draft: boolean
  budget_micros?: number
  name?: string
}

export type BatchStatus = 'queued' | 'running' | 'paused' | 'canceled' | 'finished' | 'failed'

export interface Batch {
  id: string
  name: string
  analyzer: string
  model: string
  status: BatchStatus
  draft: boolean
  total: number
  done: number
  cached: number
  failed: number
  skipped: number
  qualified: number
  cost_micros: number
  currency: string
  budget_micros: number | null
  rate_per_s: number
  eta_s: number | null
  grades: Partial<Record<Grade, number>> | null
  started_at: string | null
  finished_at: string | null
  created_at: string
  error: string | null
}

export interface BatchFailure {
  lead_id: string
  lead_name: string
  code: string
  reason: string
  attempts: number
  at: string | null
}

export interface BatchResult {
  lead_id: string
  name: string
  company: string
  grade: Grade
  score: number
  quote: string
}

export interface MessageVersion {
  version: number
  subject: string
  body: string
  writer: string
  edited_by: string | null
  at: string
}

export type ImportStatus = 'previewed' | 'queued' | 'running' | 'finished' | 'failed'

export interface ImportWarning {
  code: string
  column: string
  count: number
  message: string
}

export interface Import {
  id: string
  filename: string
  format: string
  encoding: string
  delimiter: string
  size: number
  status: ImportStatus
  rows_total: number
  created: number
  updated: number
  unchanged: number
  duplicate: number
  rejected: number
  warnings: ImportWarning[] | null
  mapping: Record<string, string | null> | null
  error: string | null
  created_at: string
  finished_at: string | null
}

export interface ImportColumn {
  header: string
  samples: string[] | null
  field: string | null
  confidence: number
  reason: string
}

export interface ImportPreview {
  import: Import
  columns: ImportColumn[]
  rows: string[][]
  fields: { name: string; label: string }[]
}

export type ProfileKind = 'company' | 'audience' | 'pain_points'

export interface Profile {
  name: string
  version: number
  checksum: string
  documents: Record<ProfileKind, { yaml: string }>
}

export interface ProfileError {
  file: string
  line: number
  column: number
  message: string
  hint: string
}

export interface ProfileVersion {
  version: number
  checksum: string
  created_at: string
  created_by: string | null
}

export interface ProfileTemplate {
  name: string
  title: string
  description: string
}

export interface AiSettings {
  configured: boolean
  base_url: string
  model: string
  price_in: number
  price_out: number
  rpm: number
  tpm: number
}

export interface BudgetSetting {
  scope: 'day' | 'month'
  limit_micros: number | null
  spent_micros: number
  reserved_micros: number
  warned_at: string | null
}

export interface ApiKey {
  id: string
  name: string
  prefix: string
  scopes: string[]
  created_at: string
  expires_at: string | null
  last_used_at: string | null
}

export interface Session {
  id: string
  user_agent: string
  ip: string
  current: boolean
  created_at: string
  last_seen_at: string
}

export interface Overview {
  leads_total: number
  leads_new_7d: number
  analyzed: number
  qualified: number
  qualified_rate: { numerator: number; denominator: number }
  grades: Partial<Record<Grade, number>>
  sources: { source: string; count: number; qualified: number }[]
  trend: { date: string; found: number; qualified: number }[]
  batches_running: Batch[]
  cost_micros_month: number
  recent: LiveEvent[]
}

export interface LiveEvent {
  seq: number
  type: string
  at: string
  subject: { kind: string; id: string }
  data?: Record<string, unknown>
}
