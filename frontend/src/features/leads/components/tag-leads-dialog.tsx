import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Field } from '@/components/ui/field'
import { MultiCombobox } from '@/components/ui/multi-combobox'
import { Segmented } from '@/components/ui/segmented'
import { BulkDialog, type BulkDialogProps } from '@/features/leads/components/bulk-dialog'
import type { BulkChange } from '@/features/leads/use-bulk'
import { useKnownTags } from '@/features/leads/use-known-tags'

/** Adds tags to leads, or takes tags from them. */
export function TagLeadsDialog(props: BulkDialogProps) {
  const { t } = useTranslation()
  const known = useKnownTags()
  const [action, setAction] = useState<'tag' | 'untag'>('tag')
  const [tags, setTags] = useState<string[]>([])
  const change = useMemo<BulkChange | null>(
    () => (tags.length > 0 ? { action, tags } : null),
    [action, tags],
  )
  const options = [...new Set([...known(), ...tags])].map((value) => ({ value, label: value }))
  const add = (text: string) => {
    const fresh = text.split(',').map((each) => each.trim())
    setTags([...new Set([...tags, ...fresh])].filter(Boolean))
  }
  return (
    <BulkDialog
      {...props}
      title={t('bulk.tagTitle')}
      change={change}
      verb={(count, n) => t(action === 'tag' ? 'bulk.tagN' : 'bulk.untagN', { count, n })}
    >
      <Segmented
        label={t('bulk.tagWhat')}
        value={action}
        onChange={setAction}
        options={[
          { value: 'tag', label: t('bulk.tagVerb') },
          { value: 'untag', label: t('bulk.untagVerb') },
        ]}
      />
      <Field label={t('lead.tags')} hint={t('bulk.tagHint')}>
        {(control) => (
          <MultiCombobox
            {...control}
            label={t('lead.tags')}
            value={tags}
            onChange={setTags}
            options={options}
            onCreate={add}
          />
        )}
      </Field>
    </BulkDialog>
  )
}
