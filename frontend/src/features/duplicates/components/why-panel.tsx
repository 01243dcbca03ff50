import { useTranslation } from 'react-i18next'

import type { DuplicateWeight } from '@/api/contract'
import { Panel } from '@/components/layout/panel'
import { fieldName } from '@/features/duplicates/field-words'
import { cn } from '@/utils/cn'

/** A bar this long is as sure as a thousand to one; longer ones are drawn like it. */
const FULL_BITS = 10

interface WhyPanelProps {
  weights: readonly DuplicateWeight[]
  /** Nobody compared them: a person said what they are. */
  byHand: boolean
}

/** Why two leads are taken for one: what each field says for it, or against. */
export function WhyPanel({ weights, byHand }: WhyPanelProps) {
  const { t } = useTranslation()
  const shown = weights
    .filter((each) => each.agreement !== 'missing')
    .sort((a, b) => Math.abs(b.bits) - Math.abs(a.bits))
  const missing = weights.filter((each) => each.agreement === 'missing')
  return (
    <Panel title={t('duplicate.why')} note={shown.length > 0 ? t('duplicate.whyNote') : undefined}>
      {shown.length === 0 && (
        <p className="text-sm text-ink-2">
          {byHand ? t('duplicate.byHand') : t('duplicate.noWeights')}
        </p>
      )}
      <ul className="grid gap-x-8 gap-y-1.5 lg:grid-cols-2">
        {shown.map((weight) => (
          <Weight key={weight.field} weight={weight} />
        ))}
      </ul>
      {missing.length > 0 && (
        <p className="mt-2.5 text-xs text-ink-3">
          {t('duplicate.notCompared', {
            fields: missing.map((each) => fieldName(t, each.field)).join(', '),
          })}
        </p>
      )}
    </Panel>
  )
}

function Weight({ weight }: { weight: DuplicateWeight }) {
  const { t } = useTranslation()
  const { field, agreement, bits } = weight
  const share = Math.min(Math.abs(bits) / FULL_BITS, 1) * 50
  const side = bits > 0.05 ? 'for' : bits < -0.05 ? 'against' : 'neither'
  return (
    <li
      title={t(`duplicate.bits.${side}`, { times: times(bits) })}
      className="grid grid-cols-[minmax(0,7rem)_minmax(0,6rem)_minmax(0,1fr)] items-center gap-2 text-sm"
    >
      <span className="truncate">{fieldName(t, field)}</span>
      <span className="truncate text-xs text-ink-2">{t(`duplicate.agreement.${agreement}`)}</span>
      <span aria-hidden className="relative h-2 rounded-full bg-sunken">
        <span className="absolute inset-y-0 start-1/2 w-px bg-line-strong" />
        <span
          className={cn(
            'absolute inset-y-0 rounded-full',
            bits > 0 ? 'start-1/2 bg-good' : 'end-1/2 bg-bad',
          )}
          style={{ width: `${share}%` }}
        />
      </span>
      <span className="sr-only">{t(`duplicate.bits.${side}`, { times: times(bits) })}</span>
    </li>
  )
}

/** Bits as odds people can picture: 3 bits are 8 times. */
function times(bits: number): string {
  const odds = 2 ** Math.abs(bits)
  if (odds >= 1000) return '1,000+'
  return odds >= 10 ? String(Math.round(odds)) : odds.toFixed(1)
}
