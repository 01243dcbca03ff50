import { createContext, use } from 'react'

import type { Operation } from '@/types/operation'

/** The operations that the signed-in person may do, as the server's table names them. */
export const PermissionsContext = createContext<ReadonlySet<string>>(new Set())

/**
 * Whether the signed-in person may do an operation. It only spares people
 * buttons that would fail: the server decides again on every call.
 */
export function useCan(): (operation: Operation) => boolean {
  const permissions = use(PermissionsContext)
  return (operation) => permissions.has(operation)
}
