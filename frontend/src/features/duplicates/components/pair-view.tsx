import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Duplicate } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Callout } from '@/components/ui/callout'
import { Time } from '@/components/ui/time'
import { FieldTable } from '@/features/duplicates/components/field-table'
import { HeldNote } from '@/features/duplicates/components/held-note'
import { LeadHead } from '@/features/duplicates/components/lead-head'
import { ScoreBadge } from '@/features/duplicates/components/score-words'
import { WhyPanel } from '@/features/duplicates/components/why-panel'
import { leadName, type Say } from '@/features/duplicates/field-words'
import type { PairWish } from '@/features/duplicates/use-wish'

interface PairViewProps {
  pair: Duplicate
  wish: PairWish
  say: Say
  nameOf: (userId: string | null) => string
  /** The viewer gives verdicts on this pair. */
  decides: boolean
  /** Why not, where the role alone would let them. */
  others: boolean
  /** The pair was judged since the list was read. */
  over: boolean
}

/** Two leads that may be one: how sure, why, and what each says. */
export function PairView(props: PairViewProps) {
  const { pair, wish, say, nameOf, decides, others, over } = props
  const { t } = useTranslation()
  const group = useId()
  const sides = [pair.a, pair.b]
  const judged = pair.state !== 'open'
  return (
    <div className="flex flex-col gap-4 p-4 sm:px-6">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <ScoreBadge pair={pair} />
        <h2 className="min-w-0 flex-1 basis-60 text-sm font-semibold">
          {t(`duplicate.sure.${sureness(pair)}`)}
        </h2>
      </div>
      {(over || judged) && (
        <Callout
          title={
            over ? t(`duplicate.over.${pair.state}`) : t(`duplicate.judged.${pair.state}` as never)
          }
        >
          {pair.judged_by && (
            <>
              {nameOf(pair.judged_by)} · <Time iso={pair.judged_at} />
            </>
          )}
          {pair.state === 'merged' && (
            <>
              {' '}
              <Link to={`/leads/${pair.suggested}`} className="text-accent-text hover:underline">
                {t('duplicate.openMerged')}
              </Link>
            </>
          )}
        </Callout>
      )}
      {wish.fault && <ErrorState problem={toProblem(wish.fault)} onRetry={wish.retry} />}
      <HeldNote pair={pair} />
      {others && <Callout>{t('duplicate.others')}</Callout>}
      <WhyPanel weights={pair.weights} byHand={pair.model === ''} />
      <FieldTable
        label={t('duplicate.sideBySide')}
        rows={wish.rows}
        say={say}
        onPick={decides ? wish.pick : undefined}
        leads={sides.map((lead, at) => ({
          id: lead.id,
          name: leadName(lead, t),
          head: (
            <LeadHead
              lead={lead}
              group={group}
              survives={decides && wish.wish.survivor === lead.id}
              suggested={pair.suggested === lead.id}
              shortcut={String(at + 1)}
              onSurvive={decides ? () => wish.setSurvivor(lead.id) : undefined}
            />
          ),
        }))}
      />
      {decides && <p className="text-xs text-ink-3">{t('duplicate.pickHint')}</p>}
    </div>
  )
}

function sureness({ score, model }: Duplicate): 'hand' | 'almost' | 'likely' | 'maybe' {
  if (model === '') return 'hand'
  if (score >= 0.95) return 'almost'
  return score >= 0.8 ? 'likely' : 'maybe'
}
