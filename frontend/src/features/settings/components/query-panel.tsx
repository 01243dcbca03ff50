import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { SkeletonLines } from '@/components/ui/skeleton'

interface LoadedProps<T> {
  query: UseQueryResult<T, unknown>
  children: (data: T) => ReactNode
}

/** Shows data once it is there; until then its shape, or the fault with a retry. */
export function Loaded<T>({ query, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.error) {
    return (
      <ErrorState
        problem={toProblem(query.error)}
        onRetry={() => void query.refetch()}
        className="m-4"
      />
    )
  }
  return <SkeletonLines lines={4} className="p-4" />
}
