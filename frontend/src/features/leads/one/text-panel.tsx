import { Pencil } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Lead } from '@/api/contract'
import { Panel } from '@/components/layout/panel'
import { Button, IconButton } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import type { LeadEdit } from '@/features/leads/one/use-lead-edit'
import { useOnce } from '@/hooks/use-once'

/** Longer texts are not edited in a page: a text area of megabytes would freeze it. */
const MOST_EDITED = 200_000

interface TextPanelProps {
  lead: Lead
  edit: LeadEdit
  editable: boolean
  /** How many quotes of the analysis no longer stand in the text. */
  lost: number
  actions: ReactNode
  children: ReactNode
}

/** What the lead said, with the evidence in it. */
export function TextPanel({ lead, edit, editable, lost, actions, children }: TextPanelProps) {
  const { t } = useTranslation()
  const [editing, setEditing] = useState(false)
  return (
    <Panel
      title={t('lead.text')}
      actions={
        <>
          {!editing && actions}
          {editable && !editing && lead.content.length <= MOST_EDITED && (
            <IconButton label={t('lead.editText')} onClick={() => setEditing(true)}>
              <Pencil />
            </IconButton>
          )}
        </>
      }
    >
      {lost > 0 && !editing && (
        <Callout tone="warn" className="mb-3">
          {t('lead.textChanged', { count: lost })}
        </Callout>
      )}
      {editing ? (
        <TextEditor lead={lead} edit={edit} onDone={() => setEditing(false)} />
      ) : lead.content ? (
        <div className="max-w-[72ch] text-base leading-7">{children}</div>
      ) : (
        <p className="text-sm text-ink-2">{t('lead.noText')}</p>
      )}
    </Panel>
  )
}

interface TextEditorProps {
  lead: Lead
  edit: LeadEdit
  onDone: () => void
}

function TextEditor({ lead, edit, onDone }: TextEditorProps) {
  const { t } = useTranslation()
  const id = useId()
  const once = useOnce()
  const [text, setText] = useState(lead.content)
  const [fault, setFault] = useState('')
  const save = async () => {
    if (edit.pending) return
    if (text === lead.content) return onDone()
    try {
      await edit.save({ content: text }, t('lead.text'))
      onDone()
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <div className="flex flex-col gap-2">
      <textarea
        autoFocus
        dir="auto"
        rows={Math.min(28, Math.max(8, text.split('\n').length + 3))}
        value={text}
        aria-label={t('lead.text')}
        aria-invalid={fault ? true : undefined}
        aria-describedby={id}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void save()
          if (event.key === 'Escape' && text === lead.content) onDone()
        }}
        className="control text-base leading-6"
      />
      <p
        id={id}
        role={fault ? 'alert' : undefined}
        className={fault ? 'text-xs text-bad' : 'text-xs text-ink-3'}
      >
        {fault || t('lead.editTextNote')}
      </p>
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>{t('common.cancel')}</Button>
        <Button variant="primary" busy={edit.pending} onClick={once(save)}>
          {t('common.save')}
        </Button>
      </div>
    </div>
  )
}
