import type { TFunction } from 'i18next'

import type { Lead, User } from '@/api/contract'
import { ChoiceEditor } from '@/features/leads/inline/choice-editor'
import { readAmount } from '@/features/leads/one/value-field'
import { editKind, isTextField } from '@/features/leads/inline/rights'
import { TextEditor } from '@/features/leads/inline/text-editor'
import type { LeadPatch } from '@/features/leads/one/edit'
import { LEAD_STATUSES } from '@/types/grade'

interface CellEditorProps {
  lead: Lead
  column: string
  typed: string | null
  label: string
  people: readonly User[]
  t: TFunction
  /** Ends the edit, with a change to save or without; `move` goes to the next cell. */
  onDone: (patch: LeadPatch | null, move?: -1 | 1) => void
}

const NOBODY = 'nobody'

/** The field in which a cell of the leads table is edited. */
export function CellEditor({ lead, column, typed, label, people, t, onDone }: CellEditorProps) {
  const name = t('table.editText', { name: label })
  const done = (patch: (value: string) => LeadPatch) => (value: string | null, move?: -1 | 1) =>
    onDone(value === null ? null : patch(value), move)
  switch (editKind(column)) {
    case 'text':
      return isTextField(column) ? (
        <TextEditor
          label={name}
          value={lead[column]}
          typed={typed}
          type={column === 'email' ? 'email' : 'text'}
          onDone={done((value) => ({ [column]: value }))}
        />
      ) : null
    case 'status':
      return (
        <ChoiceEditor
          label={name}
          value={lead.status}
          options={LEAD_STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
          onDone={done((value) => ({ status: value as Lead['status'] }))}
        />
      )
    case 'owner':
      return (
        <ChoiceEditor
          label={name}
          value={lead.owner_id ?? NOBODY}
          options={[
            { value: NOBODY, label: t('lead.nobody') },
            ...people
              .filter(
                (each) => (!each.disabled && each.role !== 'viewer') || each.id === lead.owner_id,
              )
              .map((each) => ({ value: each.id, label: each.name || each.email })),
          ]}
          onDone={done((value) => ({ owner_id: value === NOBODY ? null : value }))}
        />
      )
    case 'tags':
      return (
        <TextEditor
          label={name}
          value={(lead.tags ?? []).join(', ')}
          typed={typed}
          hint={t('bulk.tagHint')}
          onDone={done((value) => ({ tags: tagsIn(value) }))}
        />
      )
    case 'value':
      return (
        <TextEditor
          label={name}
          value={lead.value_micros === null ? '' : String(lead.value_micros / 1_000_000)}
          typed={typed}
          numeric
          check={(value) => (readAmount(value) === undefined ? t('lead.valueFault') : null)}
          onDone={done((value) => ({ value_micros: readAmount(value) ?? null }))}
        />
      )
    default:
      return null
  }
}

/** Tags as they are typed: commas between them, each once. */
export function tagsIn(text: string): string[] {
  return [...new Set(text.split(',').map((each) => each.trim()))].filter(Boolean)
}
