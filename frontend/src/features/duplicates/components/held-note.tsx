import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { Duplicate } from '@/api/contract'
import { policyQuery } from '@/features/duplicates/policy-queries'
import { useCan } from '@/hooks/use-can'

/** Of a pair that is sure enough to be merged by itself: why it was not. */
export function HeldNote({ pair }: { pair: Duplicate }) {
  const { t } = useTranslation()
  const can = useCan()
  const policy = useQuery({ ...policyQuery, enabled: can('duplicates.policy') })
  const { held, score, state } = pair
  if (!policy.data?.merge_sure || !held || state !== 'open' || score < policy.data.threshold) {
    return null
  }
  return <p className="text-sm text-ink-2">{t(`duplicate.held.${held}`)}</p>
}
