import { useTranslation } from 'react-i18next'

import type { Duplicate } from '@/api/contract'
import { Badge } from '@/components/ui/badge'

/** How sure it is, rounded down so that 100 % is only said of what is certain. */
export function percentOf(score: number): number {
  return Math.floor(score * 1000) / 10
}

/** The score as a percentage that never rounds up to certainty; a pair that a person made has none. */
export function ScoreBadge({ pair }: { pair: Pick<Duplicate, 'score' | 'model'> }) {
  const { t, i18n } = useTranslation()
  const { score, model } = pair
  if (model === '') return <Badge>{t('duplicate.handBadge')}</Badge>
  const tone = score >= 0.95 ? 'good' : score >= 0.8 ? 'accent' : 'neutral'
  return <Badge tone={tone}>{percentWords(i18n.language, score)}</Badge>
}

export function percentWords(language: string, score: number): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(
    percentOf(score) / 100,
  )
}
