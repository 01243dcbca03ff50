import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { IconButton } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { mergesQuery } from '@/features/duplicates/queries'
import { useCan } from '@/hooks/use-can'

/** Says to somebody who opened the address of a merged lead why they are here. */
export function MergedNote({ leadId }: { leadId: string }) {
  const { t } = useTranslation()
  const can = useCan()
  const [params, setParams] = useSearchParams()
  const merged = params.get('merged')
  const merges = useQuery({ ...mergesQuery(leadId), enabled: !!merged && can('leads.merges') })
  // Undone since: there is nothing to explain any more.
  const undone = merges.data?.every((merge) => merge.state === 'undone')
  if (!merged || merged === leadId || undone) return null
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
