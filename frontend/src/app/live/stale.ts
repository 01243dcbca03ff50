import type { QueryKey } from '@tanstack/react-query'

type Keys = readonly QueryKey[]

/** Which cached answers an event makes old, by what it is about or by the noun of its type. */
const BY_NOUN: Record<string, Keys> = {
  lead: [['leads'], ['overview']],
  message: [['messages'], ['leads']],
  batch: [['batches'], ['overview'], [{ _id: 'budgetsList' }]],
  import: [['imports'], ['overview']],
  budget: [[{ _id: 'budgetsList' }], ['overview']],
  profile: [['profile'], ['overview'], ['batches', 'estimate']],
  duplicate: [['duplicates']],
  company: [['companies']],
  sweep: [['duplicates']],
  source: [[{ _id: 'sourcesList' }], [{ _id: 'sourcesRuns' }], ['overview']],
  settings: [['settings'], ['overview'], ['system']],
  user: [[{ _id: 'usersList' }], ['people'], [{ _id: 'sessionsList' }]],
  apikey: [[{ _id: 'apiKeysList' }]],
  view: [['views']],
  template: [['templates']],
}

/** Beyond their noun: a role that changed decides what is offered. */
const BY_TYPE: Record<string, Keys> = {
  'user.updated': [['me']],
  // A pair shows what its leads say, and is one no longer when either is gone.
  'lead.updated': [['duplicates']],
  'lead.merged': [['duplicates']],
  'lead.unmerged': [['duplicates']],
  'lead.deleted': [['duplicates']],
  'lead.restored': [['duplicates']],
}

/** Of no interest to any page. */
const IGNORED: ReadonlySet<string> = new Set(['user.reset_asked'])

/** The cached answers that an event makes old; undefined for a type that nobody thought of. */
export function staleBy(event: { type: string; subject?: { kind?: string } }): Keys | undefined {
  if (IGNORED.has(event.type)) return []
  const keys = [
    ...(BY_NOUN[event.type.split('.')[0]!] ?? []),
    ...(BY_NOUN[event.subject?.kind ?? ''] ?? []),
    ...(BY_TYPE[event.type] ?? []),
  ]
  return keys.length > 0 ? keys : undefined
}
