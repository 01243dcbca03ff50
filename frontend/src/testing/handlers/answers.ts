import { HttpResponse } from 'msw'

/** A path of the API, on whatever host. */
export function api(path: string): string {
  return `*/api/v1${path}`
}

/** The one page of a list. */
export function page<T>(items: T[], total = items.length) {
  return { items, next_cursor: null, total, total_capped: false }
}

/** A refusal as a problem document. */
export function problem(status: number, code: string, title: string) {
  return HttpResponse.json(
    { type: 'about:blank', title, status, code, detail: '', fields: [] },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  )
}
