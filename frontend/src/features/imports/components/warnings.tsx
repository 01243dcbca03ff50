import { useTranslation } from 'react-i18next'

import type { Import } from '@/api/contract'
import { Callout } from '@/components/ui/callout'
import { formatNumber } from '@/utils/format'

/** Kinds of values that could not be trusted; their rows come in without them. */
export function Warnings({ item }: { item: Import }) {
  const { t } = useTranslation()
  if (!item.warnings?.length) return null
  return (
    <Callout tone="warn" title={t('import.warnings')} className="mt-3">
      <ul className="max-h-48 list-disc overflow-y-auto ps-4">
        {item.warnings.map((warning) => (
          <li key={warning.code + warning.column}>
            {warning.column && (
              <span dir="auto" className="font-medium">
                {warning.column}:{' '}
              </span>
            )}
            {warning.message}
            <span className="num text-ink-2">
              {' · '}
              {t('import.warningRows', { count: warning.count, n: formatNumber(warning.count) })}
            </span>
          </li>
        ))}
      </ul>
    </Callout>
  )
}
