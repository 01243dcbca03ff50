import {
  type DefaultBodyType,
  http,
  HttpResponse,
  type HttpResponseResolver,
  type PathParams,
} from 'msw'

import type { Problem } from '@/api/gen/types.gen'

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
  return HttpResponse.json<Refusal>(
    { type: 'about:blank', title, status, code, detail: '', fields: [] },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  )
}

type Answer<Body> = HttpResponseResolver<
  PathParams<string>,
  DefaultBodyType,
  Extract<Said<Body> | Refusal | null | undefined, DefaultBodyType>
>

type Refusal = Said<Problem>

/**
 * What a pretend answer may say: nothing that the contract does not know, and of its type. It may leave out what no
 * page of a test looks at, and be null, which the generated types cannot say of a choice.
 */
type Said<T> = T extends readonly (infer Item)[]
  ? readonly Said<Item>[]
  : T extends object
    ? { [Key in keyof T]?: Said<T[Key]> }
    : T | null

/** Handlers whose answers have the contract's shape; the type checker holds them to it. */
export const mock = {
  get: <Body>(path: string, answer: Answer<Body>) => http.get(api(path), answer),
  post: <Body>(path: string, answer: Answer<Body>) => http.post(api(path), answer),
  put: <Body>(path: string, answer: Answer<Body>) => http.put(api(path), answer),
  delete: <Body>(path: string, answer: Answer<Body>) => http.delete(api(path), answer),
}
