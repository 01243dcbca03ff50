import type { LeadListParams } from '@/features/leads/queries'

/** A page that has been read: where it begins, and which leads were on it. */
interface ReadPage {
  cursor: string | null
  ids: readonly string[]
}

/**
 * What is known of a list however long it is: the places where its pages begin
 * and the ids on them. The rows themselves are kept for the pages in view only.
 */
export interface ListHead {
  params: LeadListParams
  pages: readonly ReadPage[]
  /** Where the first page that was not read yet begins; null at the list's end. */
  next: string | null
  total: number
  /** The server counts no further than `total`. */
  capped: boolean
  /** The search that was answered in place of one that found nothing. */
  mended: string | null
  /** When the list was read, by the server's clock; null when the answer did not say. */
  readAt: string | null
  /** When the newest lead came, as far as is known; later ones are news. */
  seen: string | null
}

/** Every id that is known, in order. */
export function knownIds(head: ListHead): readonly string[] {
  return head.pages.length === 1 ? head.pages[0]!.ids : head.pages.flatMap((page) => page.ids)
}

/** Room beyond what was counted is made in steps: a scrollbar that grows with every page slips from the hand. */
const ROOM = 5000

/** How many rows the list has room for: as many as were counted, and more when they turn up. */
export function rowCount(head: ListHead): number {
  const known = head.pages.reduce((sum, page) => sum + page.ids.length, 0)
  if (head.next === null) return known
  if (known < head.total) return head.total
  return head.capped ? (Math.floor(known / ROOM) + 1) * ROOM : known + 1
}

/** The cursors of the pages that hold rows `first` to `last` and `ahead` more on both sides. */
export function cursorsFor(
  head: ListHead,
  first: number,
  last: number,
  ahead: number,
): (string | null)[] {
  const wanted: (string | null)[] = []
  let start = 0
  for (const page of head.pages) {
    const end = start + page.ids.length
    if (end > first - ahead && start <= last + ahead) wanted.push(page.cursor)
    start = end
  }
  // Cursors lead from page to page, so a far place is walked to.
  if (head.next !== null && start <= last + ahead) wanted.push(head.next)
  return wanted
}

/**
 * Takes a page up that was read. When it ends elsewhere than before, the pages
 * after it are read again from there on.
 */
export function withPage(
  head: ListHead,
  cursor: string | null,
  ids: readonly string[],
  next: string | null,
): ListHead {
  const at = head.pages.findIndex((page) => page.cursor === cursor)
  if (at < 0) {
    if (cursor !== head.next) return head // From before a change that has been seen since.
    const known = new Set(head.pages.at(-1)?.ids)
    const fresh = ids.filter((id) => !known.has(id))
    return { ...head, pages: [...head.pages, { cursor, ids: fresh }], next }
  }
  const after = at + 1 < head.pages.length ? head.pages[at + 1]!.cursor : head.next
  if (after !== next) {
    return { ...head, pages: [...head.pages.slice(0, at), { cursor, ids }], next }
  }
  if (sameIds(head.pages[at]!.ids, ids)) return head
  return { ...head, pages: head.pages.map((page, i) => (i === at ? { cursor, ids } : page)) }
}

/** The list without some leads; everything else keeps its place. */
export function withoutIds(head: ListHead, gone: ReadonlySet<string>): ListHead {
  let lost = 0
  const pages = head.pages.map((page) => {
    const ids = page.ids.filter((id) => !gone.has(id))
    lost += page.ids.length - ids.length
    return ids.length === page.ids.length ? page : { ...page, ids }
  })
  if (lost === 0) return head
  return { ...head, pages, total: head.capped ? head.total : Math.max(0, head.total - lost) }
}

function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i])
}
