import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Message } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { messageKeys, useSaveMessage } from '@/features/messages/queries'

/** Edits a message. What is typed stays until it is saved or given up, whatever happens meanwhile. */
export function MessageEditor({ message, onDone }: { message: Message; onDone: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const save = useSaveMessage(message.lead_id)
  const [start] = useState(message)
  const [subject, setSubject] = useState(message.subject)
  const [body, setBody] = useState(message.body)
  const changed = subject !== start.subject || body !== start.body
  const problem = save.error ? toProblem(save.error) : null
  const stale = problem?.status === 412

  const submit = () => {
    save.mutate(
      { subject, body, version: start.version },
      {
        onSuccess: (saved) => {
          onDone()
          toast({
            title: t('message.saved'),
            undo: () =>
              save.mutate({ subject: start.subject, body: start.body, version: saved.version }),
          })
        },
      },
    )
  }

  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {problem && <ErrorState problem={stale ? { message: t('message.stale') } : problem} />}
      <Field label={t('message.subject')}>
        {(control) => (
          <input
            {...control}
            value={subject}
            onChange={(event) => setSubject(event.target.value)}
            className="control"
          />
        )}
      </Field>
      <Field label={t('message.body')} hint={changed ? t('message.unsaved') : undefined}>
        {(control) => (
          <textarea
            {...control}
            autoFocus
            rows={Math.min(24, Math.max(10, body.split('\n').length + 4))}
            value={body}
            onChange={(event) => setBody(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) submit()
            }}
            className="control"
          />
        )}
      </Field>
      <div className="flex justify-end gap-2">
        {stale && (
          <Button
            onClick={() => {
              void client.invalidateQueries({ queryKey: messageKeys.one(message.lead_id) })
              onDone()
            }}
          >
            {t('message.loadTheirs')}
          </Button>
        )}
        <Button onClick={onDone}>{t('common.cancel')}</Button>
        <Button type="submit" variant="primary" disabled={!changed} busy={save.isPending}>
          {t('message.save')}
        </Button>
      </div>
    </form>
  )
}
