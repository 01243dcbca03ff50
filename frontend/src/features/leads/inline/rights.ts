import type { Lead, User } from '@/api/contract'
import type { LeadColumnId } from '@/features/leads/column-list'
import { TEXT_FIELDS, type TextField } from '@/features/leads/one/edit'
import type { Operation } from '@/types/operation'

export type EditKind = 'text' | 'status' | 'owner' | 'tags' | 'value'

/** How a column is edited in the table; null when it is not. */
export function editKind(column: string): EditKind | null {
  if ((TEXT_FIELDS as readonly string[]).includes(column)) return 'text'
  const kinds: Partial<Record<LeadColumnId, EditKind>> = {
    status: 'status',
    owner: 'owner',
    tags: 'tags',
    value: 'value',
  }
  return kinds[column as LeadColumnId] ?? null
}

export function isTextField(column: string): column is TextField {
  return editKind(column) === 'text'
}

/** Why somebody may not change a cell: the lead is nobody's, or another person's. */
export type Refusal = 'unclaimed' | 'others' | 'never'

/** Whether somebody may change a column of a lead; the server decides again. */
export function refusal(
  lead: Pick<Lead, 'owner_id'>,
  column: string,
  me: Pick<User, 'id' | 'role'> | undefined,
  can: (operation: Operation) => boolean,
): Refusal | null {
  if (!me || !can('leads.update') || editKind(column) === null) return 'never'
  if (me.role === 'admin') return null
  if (column === 'owner') return 'never'
  if (lead.owner_id === me.id) return null
  return lead.owner_id === null ? 'unclaimed' : 'others'
}
