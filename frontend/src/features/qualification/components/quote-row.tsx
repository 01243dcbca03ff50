import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import type { Claim } from '@/api/contract'
import { Switch } from '@/components/ui/switch'
import type { QuoteGroup } from '@/features/qualification/claims'
import type { Evidence } from '@/features/qualification/use-evidence'
import { useWords } from '@/features/qualification/use-words'
import { cn } from '@/utils/cn'

interface QuoteRowProps {
  group: QuoteGroup
  evidence: Evidence
  onOff: (off: ReadonlySet<string>) => void
}

/** Words of the lead with what is claimed from them, within one part of the score. */
export function QuoteRow({ group, evidence, onOff }: QuoteRowProps) {
  const { t } = useTranslation()
  const { lit, picked, off, onLit, onPick } = evidence
  const row = useRef<HTMLLIElement>(null)
  const [first] = group.claims
  const isLit = group.claims.some((claim) => claim.key === lit)
  const isPicked = group.claims.some((claim) => claim.key === picked?.key)
  const wrong = group.claims.every((claim) => off.has(claim.key))

  useEffect(() => {
    if (isPicked) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isPicked, picked])

  const single = group.claims.length === 1 ? first! : null
  const toggle = (claim: Claim) => (
    <WrongSwitch
      claim={claim}
      wrong={off.has(claim.key)}
      onLit={onLit}
      onWrong={(isWrong) => {
        const next = new Set(off)
        if (isWrong) next.add(claim.key)
        else next.delete(claim.key)
        onOff(next)
      }}
    />
  )
  return (
    <li
      ref={row}
      data-quote
      onMouseEnter={() => onLit(first!.key)}
      onMouseLeave={() => onLit(null)}
      className={cn(
        '-me-2 ms-2.5 scroll-my-4 rounded-md px-2 py-1 transition-colors duration-100',
        isLit && 'bg-hover',
        isPicked && 'outline-1 outline-focus',
      )}
    >
      <div {...(single && { 'data-claim': single.key })} className="flex items-start gap-2">
        <button
          type="button"
          title={t('score.showQuote')}
          onClick={() => onPick(first!.key)}
          onFocus={() => onLit(first!.key)}
          onBlur={() => onLit(null)}
          className="min-w-0 flex-1 cursor-pointer text-start text-xs pointer-coarse:min-h-11"
        >
          <q
            dir="auto"
            className={cn(
              'break-words',
              isPicked ? 'block' : 'line-clamp-2',
              wrong ? 'text-ink-3 line-through' : 'text-ink',
            )}
          >
            {group.quote}
          </q>
          {single && <What claim={single} wrong={wrong} />}
        </button>
        {single && toggle(single)}
      </div>
      {!single && (
        <ul className="flex flex-col">
          {group.claims.map((claim) => (
            <li
              key={claim.key}
              data-claim={claim.key}
              onMouseEnter={() => onLit(claim.key)}
              className="flex min-h-6 items-center gap-2 text-xs"
            >
              <span className="min-w-0 flex-1">
                <What claim={claim} wrong={off.has(claim.key)} />
              </span>
              {toggle(claim)}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

/** What a claim says beyond the part it stands under. */
function What({ claim, wrong }: { claim: Claim; wrong: boolean }) {
  const { t } = useTranslation()
  const words = useWords()
  // What a level or a disqualifier says stands in the head of its part.
  const what = claim.id && claim.part !== 'disqualifier' ? words.what(claim) : ''
  const where = claim.field === 'content' ? '' : t(`lead.${claim.field}` as never)
  if (!what && !where) return null
  return (
    <span
      className={cn('block break-words text-ink-3 first-letter:uppercase', wrong && 'line-through')}
    >
      {[what, where].filter(Boolean).join(' · ')}
    </span>
  )
}

interface WrongSwitchProps {
  claim: Claim
  wrong: boolean
  onLit: (key: string | null) => void
  onWrong: (wrong: boolean) => void
}

function WrongSwitch({ claim, wrong, onLit, onWrong }: WrongSwitchProps) {
  const { t } = useTranslation()
  const words = useWords()
  return (
    <span
      title={t('score.thisIsWrong')}
      onFocus={() => onLit(claim.key)}
      onBlur={() => onLit(null)}
      className="mt-0.5 inline-flex shrink-0 items-center pointer-coarse:min-h-11 pointer-coarse:min-w-11 pointer-coarse:justify-end"
    >
      <Switch
        checked={wrong}
        label={t('score.wrongClaim', { what: words.claim(claim) })}
        onCheckedChange={onWrong}
      />
    </span>
  )
}
