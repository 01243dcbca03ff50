import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Lead } from '@/api/contract'
import { toast } from '@/components/feedback/toast'
import { FactRow } from '@/features/leads/one/fact'
import type { LeadEdit } from '@/features/leads/one/use-lead-edit'

interface TagsFieldProps {
  lead: Lead
  edit: LeadEdit
  editable: boolean
}

/** Tags as chips; one types a name to add one. */
export function TagsField({ lead, edit, editable }: TagsFieldProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const tags = lead.tags ?? []
  if (!editable && tags.length === 0) return null
  const save = (next: string[]) =>
    void edit
      .save({ tags: next }, t('lead.tags'))
      .catch((error: Error) => toast({ tone: 'bad', title: error.message }))
  const add = () => {
    const tag = text.trim()
    setText('')
    if (tag && !tags.includes(tag)) save([...tags, tag])
  }
  return (
    <FactRow label={t('lead.tags')}>
      <div className="flex flex-wrap items-center gap-1">
        {tags.map((tag) => (
          <span
            key={tag}
            className="inline-flex min-h-6 max-w-full items-center rounded-sm bg-sunken px-1.5 text-xs"
          >
            <bdi className="truncate">{tag}</bdi>
            {editable && (
              <button
                type="button"
                aria-label={t('lead.removeTag', { tag })}
                onClick={() => save(tags.filter((each) => each !== tag))}
                className="-me-1 ms-0.5 inline-flex size-6 items-center justify-center rounded-sm text-ink-3 hover:text-ink pointer-coarse:size-11"
              >
                <X aria-hidden className="size-3" />
              </button>
            )}
          </span>
        ))}
        {editable && (
          <span className="inline-flex h-6 items-center gap-1 text-xs text-ink-3 focus-within:text-ink pointer-coarse:h-11">
            <Plus aria-hidden className="size-3" />
            <input
              dir="auto"
              value={text}
              maxLength={60}
              aria-label={t('lead.addTag')}
              placeholder={t('lead.addTag')}
              onChange={(event) => setText(event.target.value)}
              onBlur={add}
              onKeyDown={(event) => {
                if (event.nativeEvent.isComposing) return
                if (event.key === 'Enter' || event.key === ',') {
                  event.preventDefault()
                  add()
                }
                if (event.key === 'Escape') setText('')
              }}
              className="w-24 bg-transparent outline-none"
            />
          </span>
        )}
      </div>
    </FactRow>
  )
}
