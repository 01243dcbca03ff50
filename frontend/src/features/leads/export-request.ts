import { apiHref } from '@/api/client'
import type { LeadSelection } from '@/api/contract'
import type { LeadExportRequest } from '@/api/gen/types.gen'

export type ExportFormat = 'csv' | 'xlsx' | 'json'

/** What a file is to hold; ids only where single leads were chosen. */
export interface ExportWish {
  format: ExportFormat
  selection: LeadSelection
  sort?: string
  /** In their order; none for every column there is. */
  columns: readonly string[]
}

/** Addresses longer than this are cut by some servers on the way. */
const LONGEST_ADDRESS = 4000

/** The link that the browser itself downloads; null when it would be too long. */
export function exportHref(wish: ExportWish): string | null {
  const query = new URLSearchParams({ format: wish.format })
  const { ids, filter, q } = wish.selection
  const parts = { filter, q, sort: wish.sort, columns: wish.columns.join(), ids: ids?.join() }
  for (const [name, value] of Object.entries(parts)) if (value) query.set(name, value)
  const href = `${apiHref('/leads/export')}?${query.toString()}`
  return href.length <= LONGEST_ADDRESS ? href : null
}

/** The same as the body of a request, which has room for many ids. */
export function exportBody({ format, selection, sort, columns }: ExportWish): LeadExportRequest {
  return { format, ...selection, sort, columns: columns.length > 0 ? [...columns] : undefined }
}
