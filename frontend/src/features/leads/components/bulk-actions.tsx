import { Hand, Pencil, Sparkles, Tag, Trash2, UserRound } from 'lucide-react'
import { type ReactElement, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { LeadSelection, User } from '@/api/contract'
import { Button } from '@/components/ui/button'
import { lateLayer } from '@/components/ui/late'
import type { BulkAct } from '@/features/leads/components/bulk-dialogs'
import { useCan } from '@/hooks/use-can'
import { useCommands } from '@/hooks/use-commands'

interface BulkActionsProps {
  me?: User
  selection: LeadSelection
  count: number
  onAnalyse: () => void
  /** After a change; the word of it, with its undo, needs the bar's place. */
  onDone: () => void
  /** The menu that exports what is selected. */
  exporting: ReactNode
  /** Merges what is selected into one lead. */
  merging?: ReactNode
}

const BulkDialogs = lateLayer(
  async () => (await import('@/features/leads/components/bulk-dialogs')).BulkDialogs,
)

const ICONS: Record<BulkAct, ReactElement> = {
  edit: <Pencil />,
  assign: <UserRound />,
  claim: <Hand />,
  tag: <Tag />,
  delete: <Trash2 />,
}

/** What can be done with many leads at once; each change says first how many it is about, and is one press to undo. */
export function BulkActions(props: BulkActionsProps) {
  const { me, selection, count, onAnalyse, onDone, exporting, merging } = props
  const { t } = useTranslation()
  const can = useCan()
  const [doing, setDoing] = useState<BulkAct | null>(null)
  const changes = can('leads.bulk')
  const admin = me?.role === 'admin'
  const acts: Exclude<BulkAct, 'delete'>[] = [
    ...(changes ? (['edit', 'tag'] as const) : []),
    ...(changes && admin ? (['assign'] as const) : []),
    // Administrators give leads to themselves like to anybody.
    ...(changes && me && !admin && can('leads.claim') ? (['claim'] as const) : []),
  ]
  const open = (act: BulkAct) => () => setDoing(act)

  useCommands(
    count === 0
      ? []
      : [...acts, ...(changes ? (['delete'] as const) : [])].map((act) => ({
          id: act,
          label: t(`bulk.${act}N`, { count }),
          run: open(act),
        })),
  )

  return (
    <>
      {acts.map((act) => (
        <Button key={act} icon={ICONS[act]} iconOnPhone onClick={open(act)}>
          {t(`bulk.${act}`)}
        </Button>
      ))}
      {merging}
      {exporting}
      {changes && (
        <Button icon={ICONS.delete} iconOnPhone onClick={open('delete')}>
          {t('lead.delete')}
        </Button>
      )}
      {can('leads.batch_analyze') && (
        <Button variant="primary" icon={<Sparkles />} iconOnPhone onClick={onAnalyse}>
          {t('analyse.verb')}
        </Button>
      )}
      <BulkDialogs
        act={doing}
        open={doing !== null}
        me={me}
        selection={selection}
        onClose={() => setDoing(null)}
        onDone={onDone}
      />
    </>
  )
}
