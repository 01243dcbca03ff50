import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { Segmented } from '@/components/ui/segmented'
import { useCan } from '@/hooks/use-can'

const KINDS = ['lead', 'company'] as const
export type Kind = (typeof KINDS)[number]

/** Which pairs are looked at: leads, or the companies that they belong to. */
export function KindTabs({ kind }: { kind: Kind }) {
  const { t } = useTranslation()
  const can = useCan()
  const [, setParams] = useSearchParams()
  if (!can('companies.pairs')) return null
  return (
    <Segmented
      label={t('company.which')}
      value={kind}
      onChange={(next: Kind) => setParams(next === 'company' ? { kind: next } : {})}
      options={KINDS.map((value) => ({ value, label: t(`company.kind.${value}`) }))}
    />
  )
}
