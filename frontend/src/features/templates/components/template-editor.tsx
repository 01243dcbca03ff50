import { Copy, Trash2 } from 'lucide-react'
import { type RefObject, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { Panel } from '@/components/layout/panel'
import { Badge } from '@/components/ui/badge'
import { Button, IconButton } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { TemplateField } from '@/features/templates/components/template-field'
import { TemplatePreview } from '@/features/templates/components/template-preview'
import { VariablePalette } from '@/features/templates/components/variable-palette'
import { readTemplate } from '@/features/templates/merge-language'
import { type Template, type TemplateText, useSaveTemplate } from '@/features/templates/queries'
import { useTemplateDraft } from '@/features/templates/use-template-draft'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'

interface TemplateEditorProps {
  /** The template, or null for a new one. */
  stored: Template | null
  variables: readonly { name: string; meaning: string }[]
  onSaved: (template: Template) => void
  onDelete: (template: Template) => void
  onCopy: (text: TemplateText) => void
  onCancel: () => void
}

/** Writes one template: text with variables beside what a real lead would read. */
export function TemplateEditor(props: TemplateEditorProps) {
  const { stored, variables, onSaved, onDelete, onCopy, onCancel } = props
  const { t } = useTranslation()
  const can = useCan()
  const once = useOnce()
  const draft = useTemplateDraft(stored?.id ?? 'new', stored)
  const save = useSaveTemplate()
  const subject = useRef<HTMLTextAreaElement>(null)
  const body = useRef<HTMLTextAreaElement>(null)
  const [last, setLast] = useState<'subject' | 'body'>('body')
  const { text, dirty } = draft
  const known = new Set(variables.map((variable) => variable.name))
  const writes = stored ? can('templates.update') : can('templates.create')
  const problem = save.error ? toProblem(save.error) : null
  const fault = (name: string) => problem?.fields.find((field) => field.name === name)?.message
  const faulty = [text.subject, text.body].some((each) =>
    readTemplate(each, known).some((mark) => mark.fault),
  )
  const complete = text.name.trim() && text.subject.trim() && text.body.trim()

  const insert = (name: string) => {
    const area: RefObject<HTMLTextAreaElement | null> = last === 'subject' ? subject : body
    const from = area.current?.selectionStart ?? text[last].length
    const to = area.current?.selectionEnd ?? from
    const put = `{{${name}}}`
    draft.change({ [last]: text[last].slice(0, from) + put + text[last].slice(to) })
    requestAnimationFrame(() => {
      area.current?.focus()
      area.current?.setSelectionRange(from + put.length, from + put.length)
    })
  }
  const submit = async () => {
    if (save.isPending || !complete || faulty || draft.theirs) return
    const before = stored
    const saved = await save
      .mutateAsync({ text, of: stored && { id: stored.id, version: draft.version } })
      .catch(() => null) // Shown in place.
    if (!saved) return
    draft.saved(saved)
    onSaved(saved)
    toast({
      title: t('template.saved'),
      undo: before
        ? () =>
            save.mutate({
              text: { name: before.name, subject: before.subject, body: before.body },
              of: saved,
            })
        : undefined,
    })
  }

  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_minmax(320px,42%)]">
      <Panel
        title={stored ? t('template.edit') : t('template.new')}
        note={stored?.builtin && <Badge>{t('template.builtin')}</Badge>}
        actions={
          stored && (
            <>
              {can('templates.create') && (
                <IconButton label={t('template.copy')} onClick={() => onCopy(text)}>
                  <Copy />
                </IconButton>
              )}
              {can('templates.delete') && (
                <IconButton label={t('template.delete')} onClick={() => onDelete(stored)}>
                  <Trash2 />
                </IconButton>
              )}
            </>
          )
        }
      >
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            once(submit)()
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) once(submit)()
          }}
        >
          {problem && problem.fields.length === 0 && <ErrorState problem={problem} />}
          {draft.theirs && (
            <Callout
              alert
              tone="warn"
              title={t('conflict.title')}
              action={
                <>
                  <Button size="sm" onClick={draft.discard}>
                    {t('conflict.keepTheirs')}
                  </Button>
                  <Button size="sm" onClick={draft.keepMine}>
                    {t('conflict.keepMine')}
                  </Button>
                </>
              }
            >
              {t('conflict.body')}
            </Callout>
          )}
          <Field label={t('template.name')} error={fault('name')}>
            {(control) => (
              <input
                {...control}
                dir="auto"
                maxLength={200}
                readOnly={!writes}
                autoFocus={!stored}
                value={text.name}
                onChange={(event) => draft.change({ name: event.target.value })}
                className="control"
              />
            )}
          </Field>
          <TemplateField
            oneLine
            areaRef={subject}
            label={t('message.subject')}
            value={text.subject}
            known={known}
            fault={fault('subject')}
            disabled={!writes}
            onFocus={() => setLast('subject')}
            onChange={(value) => draft.change({ subject: value })}
          />
          <TemplateField
            areaRef={body}
            label={t('message.body')}
            value={text.body}
            known={known}
            fault={fault('body')}
            disabled={!writes}
            onFocus={() => setLast('body')}
            onChange={(value) => draft.change({ body: value })}
          />
          {writes && (
            <div className="flex flex-wrap items-center justify-end gap-2">
              <span role="status" className="me-auto text-xs text-ink-3">
                {dirty ? t('template.unsaved') : ''}
              </span>
              {(dirty || !stored) && (
                <Button
                  onClick={() => {
                    draft.discard()
                    save.reset()
                    if (!stored) onCancel()
                  }}
                >
                  {stored ? t('template.discard') : t('common.cancel')}
                </Button>
              )}
              <Button
                type="submit"
                variant="primary"
                busy={save.isPending}
                disabled={!dirty || !complete || faulty || !!draft.theirs}
              >
                {t('common.save')}
              </Button>
            </div>
          )}
          {writes && <VariablePalette variables={variables} onInsert={insert} />}
        </form>
      </Panel>
      <TemplatePreview subject={text.subject} body={text.body} faulty={faulty} />
    </div>
  )
}
