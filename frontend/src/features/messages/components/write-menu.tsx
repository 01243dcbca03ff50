import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { MessageDraftRequest } from '@/api/gen/types.gen'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Popover } from '@/components/ui/popover'
import { Segmented } from '@/components/ui/segmented'
import { Select } from '@/components/ui/select'
import { modelQuery, templateChoicesQuery } from '@/features/messages/queries'

const TONES = ['friendly', 'plain', 'formal'] as const
const LENGTHS = ['short', 'medium'] as const
const SUITS = 'suits'

interface WriteMenuProps {
  trigger: ReactElement
  busy: boolean
  onWrite: (order: MessageDraftRequest) => void
}

/** How a message is to be written: from which template, or by the model and in which tone. */
export function WriteMenu({ trigger, busy, onWrite }: WriteMenuProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <Popover
      label={t('message.write')}
      align="end"
      open={open}
      onOpenChange={setOpen}
      className="w-80"
      trigger={trigger}
    >
      <WriteForm
        busy={busy}
        onWrite={(order) => {
          setOpen(false)
          onWrite(order)
        }}
      />
    </Popover>
  )
}

function WriteForm({ busy, onWrite }: Omit<WriteMenuProps, 'trigger'>) {
  const { t } = useTranslation()
  const model = useQuery(modelQuery)
  const templates = useQuery(templateChoicesQuery)
  const [writer, setWriter] = useState<'template' | 'llm'>('template')
  const [template, setTemplate] = useState(SUITS)
  const [tone, setTone] = useState<(typeof TONES)[number]>('plain')
  const [length, setLength] = useState<(typeof LENGTHS)[number]>('short')
  const ready = model.data?.configured ?? false
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        onWrite(
          writer === 'llm'
            ? { writer, tone, length }
            : { writer, template_id: template === SUITS ? '' : template },
        )
      }}
    >
      <Segmented
        label={t('message.writer')}
        value={writer}
        onChange={setWriter}
        options={[
          { value: 'template', label: t('message.byTemplate') },
          { value: 'llm', label: t('message.byModel'), disabled: !ready },
        ]}
        className="w-full"
      />
      {model.data && !ready && <p className="text-xs text-ink-2">{t('message.noModel')}</p>}
      {writer === 'template' ? (
        <Field label={t('message.template')}>
          {(control) => (
            <Select
              {...control}
              value={template}
              onChange={setTemplate}
              options={[
                { value: SUITS, label: t('message.bestTemplate') },
                ...(templates.data?.items.map(({ id, name }) => ({ value: id, label: name })) ??
                  []),
              ]}
            />
          )}
        </Field>
      ) : (
        <>
          <div className="grid grid-cols-2 gap-3">
            <Field label={t('message.tone')}>
              {(control) => (
                <Select
                  {...control}
                  value={tone}
                  onChange={setTone}
                  options={TONES.map((value) => ({ value, label: t(`message.tones.${value}`) }))}
                />
              )}
            </Field>
            <Field label={t('message.length')}>
              {(control) => (
                <Select
                  {...control}
                  value={length}
                  onChange={setLength}
                  options={LENGTHS.map((value) => ({
                    value,
                    label: t(`message.lengths.${value}`),
                  }))}
                />
              )}
            </Field>
          </div>
          <p className="text-xs text-ink-2">{t('message.modelNote')}</p>
        </>
      )}
      <div className="flex items-center justify-between gap-2">
        <Link to="/templates" className="text-xs text-accent-text hover:underline">
          {t('message.editTemplates')}
        </Link>
        <Button type="submit" variant="primary" busy={busy}>
          {t('message.write')}
        </Button>
      </div>
    </form>
  )
}
