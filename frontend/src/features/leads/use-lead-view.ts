import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'

import { type LeadView, readView, writeView } from '@/features/leads/view-state'

/** The list's view, kept in the address so that it can be shared and gone back to. */
export function useLeadView(): [
  LeadView,
  (change: Partial<LeadView>, options?: { push?: boolean }) => void,
] {
  const [params, setParams] = useSearchParams()
  const view = useMemo(() => readView(params), [params])
  const update = useCallback(
    (change: Partial<LeadView>, options?: { push?: boolean }) => {
      setParams((now) => writeView({ ...readView(now), ...change }), { replace: !options?.push })
    },
    [setParams],
  )
  return [view, update]
}
