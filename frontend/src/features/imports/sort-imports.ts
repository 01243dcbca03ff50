import type { Import } from '@/api/contract'

export const IMPORT_SORTS = ['newest', 'oldest', 'name', 'rows', 'rejected'] as const
export type ImportSort = (typeof IMPORT_SORTS)[number]

/** The imports in another order; the server gives the newest first. */
export function sortImports(items: readonly Import[], sort: ImportSort): Import[] {
  const by: Record<ImportSort, (a: Import, b: Import) => number> = {
    newest: () => 0,
    oldest: (a, b) => a.created_at.localeCompare(b.created_at),
    name: (a, b) => a.filename.localeCompare(b.filename, undefined, { numeric: true }),
    rows: (a, b) => b.rows_total - a.rows_total,
    rejected: (a, b) => b.rejected - a.rejected,
  }
  return [...items].sort(by[sort])
}
