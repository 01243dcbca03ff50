import { useTranslation } from 'react-i18next'

import { Badge } from '@/components/ui/badge'

/** How sure it is, rounded down so that 100 % is only said of what is certain. */
export function percentOf(score: number): number {
  return Math.floor(score * 1000) / 10
}

/** The score as a percentage that never rounds up to certainty. */
export function ScoreBadge({ score }: { score: number }) {
  const { i18n } = useTranslation()
  const tone = score >= 0.95 ? 'good' : score >= 0.8 ? 'accent' : 'neutral'
  return <Badge tone={tone}>{percentWords(i18n.language, score)}</Badge>
}

export function percentWords(language: string, score: number): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(
    percentOf(score) / 100,
  )
}
