import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { useOnce } from '@/hooks/use-once'

interface TagLeadsDialogProps {
  onClose: () => void
  onTag: (action: 'tag' | 'untag', tags: string[]) => Promise<void>
}

/** Asks for tags to add to the selected leads, or to take from them. */
export function TagLeadsDialog({ onClose, onTag }: TagLeadsDialogProps) {
  const { t } = useTranslation()
  const once = useOnce()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ReturnType<typeof toProblem> | null>(null)
  const tags = [...new Set(text.split(',').map((each) => each.trim()))].filter(Boolean)
  const send = once(async (action: 'tag' | 'untag') => {
    setBusy(true)
    try {
      await onTag(action, tags)
      onClose()
    } catch (error) {
      setProblem(toProblem(error))
    } finally {
      setBusy(false)
    }
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('bulk.tagTitle')}
      closeLabel={t('common.close')}
      footer={
        <>
          <Button disabled={busy || tags.length === 0} onClick={() => send('untag')}>
            {t('bulk.untagVerb')}
          </Button>
          <Button
            variant="primary"
            disabled={busy || tags.length === 0}
            onClick={() => send('tag')}
          >
            {t('bulk.tagVerb')}
          </Button>
        </>
      }
    >
      <Field label={t('lead.tags')} hint={t('bulk.tagHint')}>
        {(control) => (
          <input
            {...control}
            autoFocus
            dir="auto"
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="control"
          />
        )}
      </Field>
      {problem && <ErrorState problem={problem} />}
    </Dialog>
  )
}
