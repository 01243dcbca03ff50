import { useTranslation } from 'react-i18next'

import type { Lead, User } from '@/api/contract'
import { toast } from '@/components/feedback/toast'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/select'
import { FactRow } from '@/features/leads/one/fact'
import { useClaimLead } from '@/features/leads/one/queries'
import type { LeadEdit } from '@/features/leads/one/use-lead-edit'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'

interface OwnerFieldProps {
  lead: Lead
  edit: LeadEdit
  me: User
  people: readonly User[]
  nameOf: (userId: string | null) => string
}

const NOBODY = 'nobody'

/** Whose lead it is: administrators give it to anybody, everybody else may take one that is free. */
export function OwnerField({ lead, edit, me, people, nameOf }: OwnerFieldProps) {
  const { t } = useTranslation()
  const can = useCan()
  const once = useOnce()
  const claim = useClaimLead(lead.id)
  const free = lead.owner_id === null
  const assigns = me.role === 'admin' && can('leads.update')
  const assign = (id: string) =>
    void edit
      .save({ owner_id: id === NOBODY ? null : id }, t('lead.owner'))
      .catch((error: Error) => toast({ tone: 'bad', title: error.message }))
  const take = async () => {
    await claim.mutateAsync().then(
      () => toast({ title: t('lead.claimed') }),
      () => undefined, // Said by the query client.
    )
  }
  const owners = people.filter(
    (person) => (!person.disabled && person.role !== 'viewer') || person.id === lead.owner_id,
  )
  return (
    <FactRow label={t('lead.owner')}>
      <div className="flex flex-wrap items-center gap-2">
        {assigns ? (
          <Select
            small
            aria-label={t('lead.owner')}
            value={lead.owner_id ?? NOBODY}
            onChange={assign}
            options={[
              { value: NOBODY, label: t('lead.nobody') },
              ...owners.map(({ id, name, email }) => ({
                value: id,
                label: id === me.id ? t('lead.you', { name: name || email }) : name || email,
              })),
            ]}
            className="min-w-28 flex-1"
          />
        ) : (
          <span className="inline-flex min-w-0 items-center gap-1.5">
            {!free && <Avatar size="sm" decorative name={nameOf(lead.owner_id)} />}
            <bdi className="truncate">{free ? t('lead.nobody') : nameOf(lead.owner_id)}</bdi>
          </span>
        )}
        {free && can('leads.claim') && (
          <Button size="sm" busy={claim.isPending} onClick={once(take)}>
            {t('lead.claim')}
          </Button>
        )}
      </div>
    </FactRow>
  )
}
