import type { LeadSelection, User } from '@/api/contract'
import { AssignLeadsDialog } from '@/features/leads/components/assign-leads-dialog'
import { ClaimLeadsDialog } from '@/features/leads/components/claim-leads-dialog'
import { DeleteLeadsDialog } from '@/features/leads/components/delete-leads-dialog'
import { EditLeadsDialog } from '@/features/leads/components/edit-leads-dialog'
import { TagLeadsDialog } from '@/features/leads/components/tag-leads-dialog'

export type BulkAct = 'edit' | 'tag' | 'assign' | 'claim' | 'delete'

interface BulkDialogsProps {
  /** Which of them is open; none when nothing is done. */
  act: BulkAct | null
  open: boolean
  me?: User
  selection: LeadSelection
  onClose: () => void
  onDone: () => void
}

/** The dialogs of everything that is done to many leads at once; they are fetched together. */
export function BulkDialogs({ act, me, selection, onClose, onDone }: BulkDialogsProps) {
  const shared = { selection, onClose, onDone }
  switch (act) {
    case 'edit':
      return <EditLeadsDialog {...shared} />
    case 'tag':
      return <TagLeadsDialog {...shared} />
    case 'assign':
      return <AssignLeadsDialog {...shared} me={me} />
    case 'claim':
      return me && <ClaimLeadsDialog {...shared} me={me} />
    case 'delete':
      return <DeleteLeadsDialog {...shared} />
    case null:
      return null
  }
}
