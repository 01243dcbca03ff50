import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { leadName } from '@/features/duplicates/field-words'
import { pairsOfQuery } from '@/features/duplicates/queries'
import { useCan } from '@/hooks/use-can'

/** On a lead's page: it may be the same as others; the way to decide. Quiet where there is nothing to decide. */
export function OpenPairsNote({ leadId }: { leadId: string }) {
  const { t } = useTranslation()
  const can = useCan()
  const pairs = useQuery({ ...pairsOfQuery(leadId), enabled: can('duplicates.list') })
  const first = pairs.data?.items[0]
  if (!first) return null
  const other = first.a.id === leadId ? first.b : first.a
  const count = pairs.data?.total ?? 1
  return (
    <Callout
      title={
        count === 1
          ? t('duplicate.maySame', { name: leadName(other, t) })
          : t('duplicate.maySameN', { count })
      }
      action={
        <ButtonLink size="sm" to={`/duplicates?lead=${leadId}&pair=${first.id}`}>
          {t('duplicate.compare')}
        </ButtonLink>
      }
    />
  )
}
