import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { User } from '@/api/contract'
import { peopleQuery } from '@/api/people'
import { Combobox } from '@/components/ui/combobox'
import { Field } from '@/components/ui/field'
import { BulkDialog, type BulkDialogProps } from '@/features/leads/components/bulk-dialog'
import type { BulkChange } from '@/features/leads/use-bulk'

const NOBODY = 'nobody'

/** Gives leads to somebody, or takes their owner away. */
export function AssignLeadsDialog({ me, ...props }: BulkDialogProps & { me?: User }) {
  const { t } = useTranslation()
  const people = useQuery(peopleQuery)
  const [owner, setOwner] = useState<string | null>(null)
  const change = useMemo<BulkChange | null>(
    () => (owner === null ? null : { action: 'assign', owner_id: owner === NOBODY ? null : owner }),
    [owner],
  )
  const options = [
    ...(people.data ?? [])
      .filter((each) => !each.disabled && each.role !== 'viewer')
      .map(({ id, name, email }) => ({
        value: id,
        label: id === me?.id ? t('lead.you', { name: name || email }) : name || email,
        note: name && email,
      })),
    { value: NOBODY, label: t('lead.nobody'), note: t('bulk.nobodyNote') },
  ]
  return (
    <BulkDialog
      {...props}
      title={t('bulk.assignTitle')}
      change={change}
      verb={(count, n) => t('bulk.assignVerb', { count, n })}
    >
      <Field label={t('lead.owner')}>
        {(control) => (
          <Combobox
            {...control}
            label={t('lead.owner')}
            value={owner}
            onChange={setOwner}
            options={options}
            loading={people.isPending}
          />
        )}
      </Field>
    </BulkDialog>
  )
}
