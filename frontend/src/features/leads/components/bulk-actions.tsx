import { useQuery } from '@tanstack/react-query'
import { CircleDot, Tag, UserRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { LeadSelection } from '@/api/contract'
import { toast } from '@/components/feedback/toast'
import { Button } from '@/components/ui/button'
import { Menu, MenuItem } from '@/components/ui/menu'
import { TagLeadsDialog } from '@/features/leads/components/tag-leads-dialog'
import { type BulkChange, useBulkLeads, useUndoBulk } from '@/features/leads/queries'
import { peopleQuery } from '@/features/leads/one/queries'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'
import { LEAD_STATUSES } from '@/types/grade'
import { formatNumber } from '@/utils/format'

interface BulkActionsProps {
  selection: LeadSelection
  /** After a change; the word of it, with its undo, needs the bar's place. */
  onDone: () => void
}

/** What can be changed of many leads at once; each change is one press to undo. */
export function BulkActions({ selection, onDone }: BulkActionsProps) {
  const { t } = useTranslation()
  const bulk = useBulkLeads()
  const undo = useUndoBulk()
  const once = useOnce()
  // Only who may see the people may give leads to them.
  const assigns = useCan()('users.list')
  const people = useQuery({ ...peopleQuery, enabled: assigns })
  const owners = people.data?.filter((each) => !each.disabled && each.role !== 'viewer') ?? []
  const [tagging, setTagging] = useState(false)
  const change = async (what: BulkChange) => {
    const done = await bulk.mutateAsync({ ...selection, ...what })
    const id = done.change_id
    toast({
      title: t('bulk.changed', { count: done.count, n: formatNumber(done.count) }),
      undo: id === null ? undefined : () => undo.mutateAsync(id),
    })
    onDone()
  }
  // What fails outside a dialog is said by the query client.
  const setStatus = once((status: (typeof LEAD_STATUSES)[number]) =>
    change({ action: 'status', status }).catch(() => undefined),
  )
  const assign = once((owner: string | null) =>
    change({ action: 'assign', owner_id: owner }).catch(() => undefined),
  )
  return (
    <>
      {assigns && (
        <Menu
          side="top"
          trigger={
            <Button icon={<UserRound />} iconOnPhone disabled={bulk.isPending}>
              {t('lead.owner')}
            </Button>
          }
        >
          <MenuItem onSelect={() => assign(null)}>{t('lead.nobody')}</MenuItem>
          {owners.map((each) => (
            <MenuItem key={each.id} onSelect={() => assign(each.id)}>
              {each.name}
            </MenuItem>
          ))}
        </Menu>
      )}
      <Menu
        side="top"
        trigger={
          <Button icon={<CircleDot />} iconOnPhone disabled={bulk.isPending}>
            {t('lead.status')}
          </Button>
        }
      >
        {LEAD_STATUSES.map((status) => (
          <MenuItem key={status} onSelect={() => setStatus(status)}>
            {t(`status.${status}`)}
          </MenuItem>
        ))}
      </Menu>
      <Button icon={<Tag />} iconOnPhone disabled={bulk.isPending} onClick={() => setTagging(true)}>
        {t('bulk.tag')}
      </Button>
      {tagging && (
        <TagLeadsDialog
          onClose={() => setTagging(false)}
          onTag={(action, tags) => change({ action, tags })}
        />
      )}
    </>
  )
}
