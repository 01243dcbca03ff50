import { stringify } from 'yaml'

import type { Documents } from '@/features/profile/queries'
import { setValue } from '@/features/profile/yaml/edit'
import { type Path, valueAt, withValue } from '@/features/profile/yaml/plain'
import { readYaml } from '@/features/profile/yaml/read'

/** What somebody has answered so far: the three documents as they would be saved. */
export interface Draft {
  /** What it was begun from: a template's name, "blank" or "present". */
  from: string
  /** The version of the profile when it was begun. */
  version: number
  texts: Documents
}

/** Documents that say nothing yet, in the order in which people read them. */
export const BLANK: Documents = {
  company: '# Who we are and what we sell.\nname: ""\ncategory: ""\none_liner: ""\n',
  audience:
    '# To whom we sell.\nindustries: []\ngeographies: []\nseniority:\n  decision_maker: []\nqualified_from: B\n',
  pain_points:
    '# The pains that we take away. weight: 1 (counts little) to 10 (counts most).\npain_points: []\n',
}

/** What a template says of its invented company, and nobody else can use. */
const INVENTED = ['website', 'description', 'contact', 'competitors', 'pricing', 'default_region']
const INVENTED_NOTE = ' A starting point with an invented company: put your own facts in its place.'

/** A template without the facts of its invented company. */
export function ownFrom(documents: Documents): Documents {
  let company = documents.company.replace(INVENTED_NOTE, '')
  for (const key of INVENTED) company = write(company, [key], undefined)
  return { ...documents, company: write(company, ['name'], '') }
}

/** Changes one value. The rest stays as it is written; where that cannot be, the document is written anew. */
export function write(text: string, path: Path, value: unknown): string {
  return setValue(text, path, value) ?? stringify(withValue(readYaml(text).values, path, value))
}

/** What stands in a preview for names that do not change a grade and are not given yet. */
const PLACEHOLDER = '–'
const NAMES = [['name'], ['category'], ['one_liner']]

/** The texts as a preview may take them before the last question is answered. */
export function forPreview(texts: Documents): Documents {
  let { company } = texts
  const { values } = readYaml(company)
  for (const path of NAMES) {
    const given = valueAt(values, path)
    if (typeof given !== 'string' || !given.trim()) company = write(company, path, PLACEHOLDER)
  }
  return { ...texts, company }
}

/** Ids of pains that were added here, until they have a name. */
const FRESH = /^new-\d+$/

/** A pain with nothing in it yet. */
export function freshPain(pains: readonly unknown[]): Record<string, unknown> {
  const used = new Set(pains.map(idOf))
  let n = pains.length + 1
  while (used.has(`new-${n}`)) n++
  return { id: `new-${n}`, name: '', weight: 7, phrases: [] }
}

/** Gives pains that were added here an id that reads like their name; leads will be found by it. */
export function namePains(text: string): string {
  const found = valueAt(readYaml(text).values, ['pain_points'])
  const pains: unknown[] = Array.isArray(found) ? found : []
  const used = new Set(pains.map(idOf))
  return pains.reduce<string>((now, pain, i) => {
    if (!FRESH.test(idOf(pain))) return now
    const name = valueAt(pain, ['name'])
    const id = unused(slug(typeof name === 'string' ? name : ''), used)
    if (!id) return now
    used.add(id)
    return write(now, ['pain_points', i, 'id'], id)
  }, text)
}

function idOf(pain: unknown): string {
  const id = valueAt(pain, ['id'])
  return typeof id === 'string' ? id : ''
}

function slug(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 48)
    .replace(/-+$/, '')
}

function unused(id: string, used: ReadonlySet<string>): string {
  if (!id || !used.has(id)) return id
  let n = 2
  while (used.has(`${id}-${n}`)) n++
  return `${id}-${n}`
}

const KEY = 'winnow.profile.wizard'

/** The draft of this tab, or null. A reload keeps it; closing the tab ends it. */
export function keptDraft(): Draft | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Draft | null
    const texts = kept?.texts as Partial<Documents> | undefined
    const whole = [texts?.company, texts?.audience, texts?.pain_points].every(
      (text) => typeof text === 'string',
    )
    return kept && whole && typeof kept.version === 'number' ? kept : null
  } catch {
    return null
  }
}

export function keepDraft(draft: Draft | null): void {
  try {
    if (draft) sessionStorage.setItem(KEY, JSON.stringify(draft))
    else sessionStorage.removeItem(KEY)
  } catch {
    // Without storage the answers live as long as the page.
  }
}
