import { Copy } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'

import type { Message } from '@/api/contract'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { Button, IconButton } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { MessageConflict } from '@/features/messages/components/message-conflict'
import { PillField } from '@/features/messages/components/pill-field'
import { SaveMark } from '@/features/messages/components/save-mark'
import { useMessageText } from '@/features/messages/use-message-text'
import { formatNumber } from '@/utils/format'

const MOST_SUBJECT = 300
/** Longer subjects are cut in most mailboxes. */
const LONG_SUBJECT = 70

/** Edits a message where it stands; it saves itself. */
export function MessageEditor({ message }: { message: Message }) {
  const { t } = useTranslation()
  const edit = useMessageText(message)
  const { text, state, problem, theirs } = edit
  const variables = message.variables ?? []
  const fault = (name: string) => problem?.fields.find((field) => field.name === name)?.message
  const onKeyDown = (event: { key: string; metaKey: boolean; ctrlKey: boolean }) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) edit.flush()
  }
  const subjectLength = Array.from(text.subject).length
  return (
    <div className="flex flex-col gap-3" onBlur={edit.flush}>
      {edit.restored && !theirs && (
        <Callout
          action={
            <Button size="sm" onClick={edit.takeTheirs}>
              {t('message.discard')}
            </Button>
          }
        >
          {t('message.restoredText')}
        </Callout>
      )}
      {theirs && (
        <MessageConflict
          mine={text}
          theirs={theirs}
          busy={state === 'saving'}
          onMine={edit.keepMine}
          onTheirs={edit.takeTheirs}
        />
      )}
      {state === 'failed' &&
        problem &&
        problem.fields.length === 0 &&
        problem.status >= 400 &&
        problem.status < 500 &&
        problem.status !== 401 && <ErrorState problem={problem} onRetry={edit.flush} />}
      <Part
        label={t('message.subject')}
        copyLabel={t('message.copySubject')}
        text={text.subject}
        fault={text.subject.trim() ? fault('subject') : t('message.emptySubject')}
        count={t('message.ofMost', { n: formatNumber(subjectLength), most: MOST_SUBJECT })}
        hint={subjectLength > LONG_SUBJECT ? t('message.longSubject') : undefined}
      >
        {(control) => (
          <PillField
            {...control}
            oneLine
            value={text.subject}
            variables={variables}
            onChange={(subject) => edit.change({ subject })}
            onKeyDown={onKeyDown}
            className="font-medium"
          />
        )}
      </Part>
      <Part
        label={t('message.body')}
        copyLabel={t('message.copyBody')}
        text={text.body}
        fault={text.body.trim() ? fault('body') : t('message.emptyBody')}
        count={t('message.counts', {
          n: formatNumber(Array.from(text.body).length),
          words: formatNumber(text.body.split(/\s+/).filter(Boolean).length),
        })}
      >
        {(control) => (
          <PillField
            {...control}
            value={text.body}
            variables={variables}
            onChange={(body) => edit.change({ body })}
            onKeyDown={onKeyDown}
          />
        )}
      </Part>
      <SaveMark state={state} problem={problem} empty={edit.empty} />
    </div>
  )
}

interface PartProps {
  label: string
  copyLabel: string
  text: string
  fault: string | undefined
  count: string
  hint?: string
  children: (control: {
    id: string
    'aria-invalid'?: true
    'aria-describedby': string
  }) => ReactNode
}

function Part({ label, copyLabel, text, fault, count, hint, children }: PartProps) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <div>
      <div className="flex items-center justify-between">
        <label htmlFor={id} className="text-xs font-medium text-ink-2">
          {label}
        </label>
        <IconButton
          label={copyLabel}
          onClick={() =>
            void navigator.clipboard
              .writeText(text)
              .then(() => toast({ title: t('common.copied') }))
          }
        >
          <Copy />
        </IconButton>
      </div>
      {children({
        id,
        'aria-describedby': `${id}-note`,
        ...(fault ? { 'aria-invalid': true as const } : {}),
      })}
      <p
        id={`${id}-note`}
        className="mt-1 flex flex-wrap justify-between gap-x-3 text-xs text-ink-3"
      >
        <span className={fault ? 'text-bad' : ''}>{fault ?? hint}</span>
        <span className="num">{count}</span>
      </p>
    </div>
  )
}
