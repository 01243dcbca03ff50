import type { Filled } from '@/types/filled'

/** What a generated call answers, without the wrapping of the transport. */
export async function answer<T>(call: Promise<{ data: T }>): Promise<Filled<T>> {
  const { data } = await call
  return data as Filled<T>
}

/** The same for answers that a generated query option has unwrapped already. */
export function filled<T>(data: T): Filled<T> {
  return data as Filled<T>
}

/** The header that makes a write fail with 412 when somebody else wrote first. */
export function ifVersion(version: number): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` }
}
