import { useMemo, useState } from 'react'

import type { LeadListParams } from '@/features/leads/queries'

interface Mended {
  /** What is read: the list asked for, or the same with its search mended. */
  params: LeadListParams
  /** The search that is answered in place of one that found nothing. */
  as: string | null
  /** Tells what the server answered to the list asked for. */
  heard: (params: LeadListParams, mended: string | null) => void
}

/**
 * A search that finds nothing is answered by the server with its spelling
 * mended. The field keeps what was typed; the list, its further pages and what
 * is done with it go by the mended words.
 */
export function useMended(asked: LeadListParams): Mended {
  const key = JSON.stringify(asked)
  const [known, setKnown] = useState<{ key: string; as: string } | null>(null)
  const as = known?.key === key ? known.as : null
  const params = useMemo(() => (as === null ? asked : { ...asked, q: as }), [asked, as])
  const heard = (of: LeadListParams, mended: string | null) => {
    if (mended !== null && JSON.stringify(of) === key && as !== mended) {
      setKnown({ key, as: mended })
    }
  }
  return { params, as, heard }
}
