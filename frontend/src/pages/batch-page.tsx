import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'

import { BatchView } from '@/features/batches/components/batch-view'
import { PageFault } from '@/features/shell/components/page-fault'

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  return (
    <BatchView
      key={id}
      id={id}
      fault={(problem, retry) => (
        <PageFault
          problem={problem}
          onRetry={retry}
          back={{ to: '/batches', label: t('nav.batches') }}
        />
      )}
    />
  )
}
