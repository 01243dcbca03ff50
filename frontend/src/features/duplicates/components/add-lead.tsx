import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Combobox } from '@/components/ui/combobox'
import { Field } from '@/components/ui/field'
import { leadName } from '@/features/duplicates/field-words'
import { findLeadsQuery } from '@/features/duplicates/queries'
import { useDebounced } from '@/hooks/use-debounced'

const TYPING_MS = 150

interface AddLeadProps {
  taken: readonly string[]
  onAdd: (leadId: string) => void
  /** There are leads to merge already. */
  another?: boolean
}

/** Finds a lead to merge with, by name, company or address. */
export function AddLead({ taken, onAdd, another }: AddLeadProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const found = useQuery(findLeadsQuery(useDebounced(text.trim(), TYPING_MS)))
  const options = (found.data ?? [])
    .filter((lead) => !taken.includes(lead.id))
    .map((lead) => ({
      value: lead.id,
      label: leadName(lead, t),
      note: [lead.title, lead.company, lead.email].filter(Boolean).join(' · '),
    }))
  return (
    <Field label={t(another ? 'duplicate.addAnother' : 'duplicate.withWhich')}>
      {(control) => (
        <Combobox
          {...control}
          label={t('duplicate.withWhich')}
          placeholder={t('lead.searchHint')}
          value={null}
          options={options}
          loading={found.isFetching}
          onSearch={setText}
          onChange={(id) => id && onAdd(id)}
        />
      )}
    </Field>
  )
}
