import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { IconButton } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'

/** Says to somebody who opened the address of a merged lead why they are here. */
export function MergedNote({ leadId }: { leadId: string }) {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const merged = params.get('merged')
  if (!merged || merged === leadId) return null
  return (
    <Callout
      title={t('duplicate.wasMerged')}
      action={
        <IconButton label={t('common.close')} onClick={() => setParams({}, { replace: true })}>
          <X />
        </IconButton>
      }
    >
      {t('duplicate.wasMergedNote')}
    </Callout>
  )
}
