import { useTranslation } from 'react-i18next'

import { Badge, type Tone } from '@/components/ui/badge'

interface SureBadgeProps {
  /** 0–1. */
  value: number
  reason?: string
}

/** How far a guess can be trusted, in a word. */
export function SureBadge({ value, reason }: SureBadgeProps) {
  const { t } = useTranslation()
  const [tone, word]: [Tone, 'sure' | 'likely' | 'unsure'] =
    value >= 0.85 ? ['good', 'sure'] : value >= 0.65 ? ['accent', 'likely'] : ['warn', 'unsure']
  return (
    <span title={reason}>
      <Badge tone={tone}>{t(`import.${word}`)}</Badge>
    </span>
  )
}
