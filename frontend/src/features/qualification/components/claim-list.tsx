import { useEffect, useRef } from 'react'
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

/** Every claim with the words that prove it and a switch that takes it out of the score. */
export function ClaimList({ claims, off, onOff, lit, onLit }: ClaimListProps) {
  const { t } = useTranslation()
  const words = useWords()
  const list = useRef<HTMLUListElement>(null)

  useEffect(() => {
    if (!lit) return
    const row = list.current?.querySelector(`[data-claim="${CSS.escape(lit)}"]`)
    row?.scrollIntoView({ block: 'nearest' })
  }, [lit])

  if (claims.length === 0) return <p className="text-sm text-ink-2">{t('score.noClaims')}</p>
  return (
    <ul ref={list} className="-mx-2 flex flex-col">
      {claims.map((claim) => {
        const counts = !off.has(claim.key)
        return (
          <li
            key={claim.key}
            data-claim={claim.key}
            onMouseEnter={() => onLit(claim.key)}
            onMouseLeave={() => onLit(null)}
            className={cn(
              'flex items-start gap-2 rounded-md px-2 py-1.5',
              lit === claim.key && 'bg-hover',
            )}
          >
            <span
              aria-hidden
              className={cn('mt-1.5 size-2 shrink-0 rounded-full', partLook(claim.part).solid)}
            />
            <button
              type="button"
              onFocus={() => onLit(claim.key)}
              onBlur={() => onLit(null)}
              className={cn('min-w-0 flex-1 text-left', !counts && 'line-through opacity-60')}
            >
              <span className="block text-xs text-ink-2">
                {words.part(claim.part)}
                {detail(claim, words.level) && ` · ${detail(claim, words.level)}`}
              </span>
              <q className="block text-sm break-words">{claim.quote}</q>
            </button>
            <span className="pt-1">
              <Switch
                checked={counts}
                label={t('score.claim', { quote: claim.quote })}
                onCheckedChange={(on) => {
                  const next = new Set(off)
                  if (on) next.delete(claim.key)
                  else next.add(claim.key)
                  onOff(next)
                }}
              />
            </span>
          </li>
        )
      })}
    </ul>
  )
}

function detail(claim: Claim, level: (code: string) => string): string {
  if (claim.id) return claim.id.replace(/[_-]/g, ' ')
  return claim.value ? level(claim.value) : ''
}
