import { useTranslation } from 'react-i18next'

import type { Analysis } from '@/api/contract'
import { Panel } from '@/components/layout/panel'
import { ClaimList } from '@/features/qualification/components/claim-list'

interface EvidencePanelProps {
  analysis: Analysis
  off: ReadonlySet<string>
  onOff: (off: ReadonlySet<string>) => void
  lit: string | null
  onLit: (key: string | null) => void
}

/** The claims an analysis makes, each proved by the lead's own words. */
export function EvidencePanel({ analysis, ...claims }: EvidencePanelProps) {
  const { t } = useTranslation()
  return (
    <Panel title={t('score.claims')} note={t('score.claimsNote')}>
      <ClaimList claims={analysis.claims} {...claims} />
      {analysis.dropped_claims > 0 && (
        <p className="mt-2 text-xs text-ink-3">
          {t('score.dropped', { count: analysis.dropped_claims })}
        </p>
      )}
    </Panel>
  )
}
