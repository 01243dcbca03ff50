import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'

import type { Analysis, Claim } from '@/api/contract'
import { whatIfQuery } from '@/features/qualification/queries'
import { inReadingOrder } from '@/features/qualification/claims'

const NOTHING: ReadonlySet<string> = new Set()
const NO_CLAIMS: readonly Claim[] = []

/** A claim that was chosen by a press or a key; `turn` tells a second choice of the same one. */
export interface Pick {
  key: string
  turn: number
}

/** What ties the score to the text, for the parts of the page that show either. */
export interface Evidence {
  claims: readonly Claim[]
  /** The claim pointed at or chosen. */
  lit: string | null
  picked: Pick | null
  onLit: (key: string | null) => void
  onPick: (key: string) => void
  /** Claims marked as wrong. */
  off: ReadonlySet<string>
}

/**
 * The claims of an analysis, the one pointed at, those marked as wrong, and
 * the score that would follow without them.
 */
export function useEvidence(leadId: string, analysis: Analysis | undefined) {
  const [pointed, setPointed] = useState<string | null>(null)
  const [picked, setPicked] = useState<Pick | null>(null)
  const [switched, setSwitched] = useState({ analysisId: '', off: NOTHING })
  const id = analysis?.id ?? ''
  const saved = useMemo(() => new Set(analysis?.correction?.off ?? []), [analysis])
  // Switches belong to one analysis; a newer one starts with what was saved for it.
  const off = switched.analysisId === id ? switched.off : saved
  const whatIf = useQuery({
    ...whatIfQuery(leadId, id, [...off].sort()),
    placeholderData: keepPreviousData,
  })
  const claims = analysis?.claims ?? NO_CLAIMS
  const ordered = useMemo(() => inReadingOrder(claims), [claims])
  const onPick = (key: string) => setPicked((now) => ({ key, turn: (now?.turn ?? 0) + 1 }))

  const evidence: Evidence = {
    claims,
    lit: pointed ?? picked?.key ?? null,
    picked,
    onLit: setPointed,
    onPick,
    off,
  }
  return {
    evidence,
    whatIf: off.size > 0 ? whatIf.data : undefined,
    saved,
    onOff: (next: ReadonlySet<string>) => setSwitched({ analysisId: id, off: next }),
    /** Goes to the next or previous claim in reading order, round and round. */
    step: (by: 1 | -1) => {
      if (ordered.length === 0) return
      const at = ordered.findIndex((claim) => claim.key === picked?.key)
      const next = at < 0 ? (by > 0 ? 0 : ordered.length - 1) : at + by
      onPick(ordered[(next + ordered.length) % ordered.length]!.key)
    },
    stepped: picked && {
      claim: claims.find((claim) => claim.key === picked.key),
      n: ordered.findIndex((claim) => claim.key === picked.key) + 1,
      of: ordered.length,
    },
    clear: () => {
      setPointed(null)
      setPicked(null)
    },
  }
}
