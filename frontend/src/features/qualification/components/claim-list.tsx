import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import type { Claim } from '@/api/contract'
import { Switch } from '@/components/ui/switch'
import { partLook } from '@/features/qualification/part-look'
import { useWords } from '@/features/qualification/use-words'
import { cn } from '@/utils/cn'

interface ClaimListProps {
  claims: readonly Claim[]
  off: ReadonlySet<string>
  onOff: (off: ReadonlySet<string>) => void
  lit: string | null
  onLit: (key: string | null) => void
}

/** The quotes, each with what is claimed from it; every claim has a switch that takes it out of the score. */
export function ClaimList({ claims, off, onOff, lit, onLit }: ClaimListProps) {
  const { t } = useTranslation()
  const list = useRef<HTMLUListElement>(null)
  const quotes = useMemo(() => byQuote(claims), [claims])

  useEffect(() => {
    if (!lit) return
    const row = list.current?.querySelector(`[data-claim="${CSS.escape(lit)}"]`)
    row?.scrollIntoView({ block: 'nearest' })
  }, [lit])

  const toggle = (key: string, on: boolean) => {
    const next = new Set(off)
    if (on) next.delete(key)
    else next.add(key)
    onOff(next)
  }

  if (claims.length === 0) return <p className="text-sm text-ink-2">{t('score.noClaims')}</p>
  return (
    <ul ref={list} className="-my-2 flex flex-col">
      {quotes.map((group) => (
        <li key={group[0]!.key} data-quote className="border-line py-2.5 not-last:border-b">
          <q className="block text-sm break-words">{group[0]!.quote}</q>
          <ul className="-mx-1.5 mt-1 flex flex-wrap gap-x-2 gap-y-0.5">
            {group.map((claim) => (
              <ClaimRow
                key={claim.key}
                claim={claim}
                counts={!off.has(claim.key)}
                lit={lit === claim.key}
                onLit={onLit}
                onCount={(on) => toggle(claim.key, on)}
              />
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

interface ClaimRowProps {
  claim: Claim
  counts: boolean
  lit: boolean
  onLit: (key: string | null) => void
  onCount: (counts: boolean) => void
}

function ClaimRow({ claim, counts, lit, onLit, onCount }: ClaimRowProps) {
  const { t } = useTranslation()
  const words = useWords()
  const what = claim.id ? claim.id.replace(/[_-]/g, ' ') : words.level(claim.value ?? '')
  return (
    <li
      data-claim={claim.key}
      onMouseEnter={() => onLit(claim.key)}
      onMouseLeave={() => onLit(null)}
      onFocus={() => onLit(claim.key)}
      onBlur={() => onLit(null)}
      className={cn('flex h-7 items-center gap-1.5 rounded-md px-1.5 text-xs', lit && 'bg-hover')}
    >
      <span aria-hidden className={cn('size-2 rounded-full', partLook(claim.part).solid)} />
      <span className={cn('text-ink-2', !counts && 'line-through')}>
        {words.part(claim.part)}
        {what && ` · ${what}`}
      </span>
      <Switch
        checked={counts}
        label={t('score.claim', { what: `${words.part(claim.part)} ${what}` })}
        onCheckedChange={onCount}
      />
    </li>
  )
}

/** Claims that stand on the same words, together. */
function byQuote(claims: readonly Claim[]): Claim[][] {
  const groups = new Map<string, Claim[]>()
  for (const claim of claims) {
    const place = `${claim.field}:${claim.start}:${claim.end}`
    groups.set(place, [...(groups.get(place) ?? []), claim])
  }
  return [...groups.values()]
}
