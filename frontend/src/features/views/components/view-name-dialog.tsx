import { type SyntheticEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { type ApiProblem, toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { useOnce } from '@/hooks/use-once'

interface ViewNameDialogProps {
  open: boolean
  title: string
  name: string
  /** Offers to share it with everybody. */
  mayShare?: boolean
  onSave: (name: string, shared: boolean) => Promise<unknown>
  onClose: () => void
}

/** Asks what a view is to be called. */
export function ViewNameDialog(props: ViewNameDialogProps) {
  const { open, title, name, mayShare, onSave, onClose } = props
  const { t } = useTranslation()
  const once = useOnce()
  const form = useId()
  const [text, setText] = useState(name)
  const [shared, setShared] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const fault = problem?.fields.find((each) => each.name === 'name')
  const send = once(async () => {
    setBusy(true)
    try {
      await onSave(text.trim(), shared)
      onClose()
    } catch (error) {
      setProblem(toProblem(error))
      setBusy(false)
    }
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (text.trim()) send()
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form={form} variant="primary" busy={busy} disabled={!text.trim()}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-3">
        <Field label={t('view.name')} error={fault?.message}>
          {(control) => (
            <input
              {...control}
              autoFocus
              dir="auto"
              value={text}
              placeholder={t('view.nameHint')}
              onChange={(event) => setText(event.target.value)}
              className="control"
            />
          )}
        </Field>
        {mayShare && (
          <Checkbox
            showLabel
            label={t('view.shareToo')}
            checked={shared}
            onCheckedChange={setShared}
          />
        )}
        {problem && !fault && <ErrorState problem={problem} />}
      </form>
    </Dialog>
  )
}
