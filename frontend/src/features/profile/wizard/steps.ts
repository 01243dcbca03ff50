import type { ProfileKind } from '@/api/contract'
import type { Path } from '@/features/profile/yaml/plain'

/** The wizard's pages in their order; each has an address of its own, so that the browser's back button works. */
export const STEPS = ['start', 'offer', 'audience', 'pains', 'exclude', 'you', 'review'] as const

export type Step = (typeof STEPS)[number]

/** Steps that ask something, and what each asks. */
export type QuestionStep = Exclude<Step, 'start' | 'pains' | 'review'>

/** How a question is answered. */
type Answer =
  | { kind: 'line' }
  | { kind: 'prose' }
  /** One entry a line. */
  | { kind: 'lines' }
  | { kind: 'number'; max: number }
  | { kind: 'code' }

export interface Question {
  /** Names its words in the catalogue. */
  key:
    | 'category'
    | 'oneLiner'
    | 'features'
    | 'industries'
    | 'minEmployees'
    | 'maxEmployees'
    | 'geographies'
    | 'deciders'
    | 'influencers'
    | 'exclusions'
    | 'notOffered'
    | 'competitors'
    | 'name'
    | 'website'
    | 'email'
    | 'region'
  doc: ProfileKind
  path: Path
  answer: Answer
  required?: boolean
}

const EMPLOYEES = 10_000_000

export const QUESTIONS: Record<QuestionStep, readonly Question[]> = {
  offer: [
    {
      key: 'category',
      doc: 'company',
      path: ['category'],
      answer: { kind: 'line' },
      required: true,
    },
    {
      key: 'oneLiner',
      doc: 'company',
      path: ['one_liner'],
      answer: { kind: 'prose' },
      required: true,
    },
    { key: 'features', doc: 'company', path: ['features'], answer: { kind: 'lines' } },
  ],
  audience: [
    {
      key: 'industries',
      doc: 'audience',
      path: ['industries'],
      answer: { kind: 'lines' },
      required: true,
    },
    {
      key: 'minEmployees',
      doc: 'audience',
      path: ['company_size', 'min_employees'],
      answer: { kind: 'number', max: EMPLOYEES },
    },
    {
      key: 'maxEmployees',
      doc: 'audience',
      path: ['company_size', 'max_employees'],
      answer: { kind: 'number', max: EMPLOYEES },
    },
    {
      key: 'geographies',
      doc: 'audience',
      path: ['geographies'],
      answer: { kind: 'lines' },
      required: true,
    },
    {
      key: 'deciders',
      doc: 'audience',
      path: ['seniority', 'decision_maker'],
      answer: { kind: 'lines' },
      required: true,
    },
    {
      key: 'influencers',
      doc: 'audience',
      path: ['seniority', 'influencer'],
      answer: { kind: 'lines' },
    },
  ],
  exclude: [
    { key: 'exclusions', doc: 'audience', path: ['exclusions'], answer: { kind: 'lines' } },
    { key: 'notOffered', doc: 'company', path: ['not_offered'], answer: { kind: 'lines' } },
    { key: 'competitors', doc: 'company', path: ['competitors'], answer: { kind: 'lines' } },
  ],
  you: [
    { key: 'name', doc: 'company', path: ['name'], answer: { kind: 'line' }, required: true },
    { key: 'website', doc: 'company', path: ['website'], answer: { kind: 'line' } },
    { key: 'email', doc: 'company', path: ['contact', 'email'], answer: { kind: 'line' } },
    { key: 'region', doc: 'company', path: ['default_region'], answer: { kind: 'code' } },
  ],
}

/** Which values a step is answerable for: their faults hold it back. */
export function placesOf(step: Step): readonly { doc: ProfileKind; path: Path }[] {
  if (step === 'start' || step === 'review') return []
  if (step === 'pains') return [{ doc: 'pain_points', path: ['pain_points'] }]
  return QUESTIONS[step]
}

export function isStep(word: string | undefined): word is Step {
  return STEPS.some((step) => step === word)
}

export function nextStep(step: Step): Step {
  return STEPS[STEPS.indexOf(step) + 1] ?? 'review'
}

export function stepBefore(step: Step): Step {
  return STEPS[STEPS.indexOf(step) - 1] ?? 'start'
}
