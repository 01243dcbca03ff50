import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Panel } from '@/components/layout/panel'
import { Callout } from '@/components/ui/callout'
import { Combobox } from '@/components/ui/combobox'
import { SkeletonLines } from '@/components/ui/skeleton'
import { previewQuery, triedLeadsQuery } from '@/features/templates/queries'
import { useDebounced } from '@/hooks/use-debounced'
import { useStored } from '@/hooks/use-stored'
import { findValues, segmentUnits } from '@/utils/segments'

interface TemplatePreviewProps {
  subject: string
  body: string
  /** The text has places that cannot be read: nothing is asked of the server. */
  faulty: boolean
}

/** What the template would say to a real lead, as it is being written. */
export function TemplatePreview({ subject, body, faulty }: TemplatePreviewProps) {
  const { t } = useTranslation()
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useStored<{ id: string; label: string } | null>(
    'winnow.templates.tried',
    null,
  )
  const leads = useQuery(triedLeadsQuery(useDebounced(search, 200)))
  const label = (lead: { name: string; company: string; id: string }) =>
    [lead.name, lead.company].filter(Boolean).join(', ') || t('lead.unnamed')
  const first = leads.data?.[0]
  const lead = chosen ?? (first ? { id: first.id, label: label(first) } : null)
  const settled = useDebounced(subject + '\0' + body, 250) === subject + '\0' + body
  const preview = useQuery({
    ...previewQuery(lead?.id ?? null, subject, body),
    enabled: lead !== null && !faulty && settled,
  })
  const problem = preview.error ? toProblem(preview.error) : null
  const shown = preview.data
  return (
    <Panel title={t('template.preview')} className="xl:sticky xl:top-0">
      <Combobox
        label={t('template.tryOn')}
        aria-label={t('template.tryOn')}
        value={lead?.id ?? null}
        display={lead?.label}
        placeholder={t('template.tryOn')}
        loading={leads.isFetching}
        onSearch={setSearch}
        onChange={(id) => {
          const found = leads.data?.find((each) => each.id === id)
          setChosen(found ? { id: found.id, label: label(found) } : null)
        }}
        options={(leads.data ?? []).map((each) => ({ value: each.id, label: label(each) }))}
      />
      <div className="mt-3" aria-live="polite">
        {leads.data?.length === 0 && !search ? (
          <p className="text-sm text-ink-2">{t('template.noLeads')}</p>
        ) : problem?.status === 404 ? (
          <ErrorState
            problem={problem}
            onRetry={() => {
              setChosen(null)
            }}
          />
        ) : problem && problem.fields.length === 0 ? (
          <ErrorState problem={problem} onRetry={() => void preview.refetch()} />
        ) : problem || faulty ? (
          <p className="text-sm text-ink-2">{t('template.cannotPreview')}</p>
        ) : shown ? (
          <>
            {shown.missing.length > 0 && (
              <Callout
                tone="warn"
                className="mb-3"
                title={t('template.lacks', { count: shown.missing.length })}
              >
                {t('template.lacksNote', {
                  names: shown.missing.map((name) => name.replaceAll('_', ' ')).join(', '),
                  example: `{{${shown.missing[0]}|…}}`,
                })}
              </Callout>
            )}
            <p dir="auto" className="text-sm font-semibold break-words">
              <Filled text={shown.subject} variables={shown.variables} missing={shown.missing} />
            </p>
            <div dir="auto" className="mt-2 text-sm break-words whitespace-pre-wrap">
              <Filled text={shown.body} variables={shown.variables} missing={shown.missing} />
            </div>
          </>
        ) : (
          <SkeletonLines lines={6} />
        )}
      </div>
    </Panel>
  )
}

interface FilledProps {
  text: string
  variables: readonly { name: string; value: string }[]
  missing: readonly string[]
}

function Filled({ text, variables, missing }: FilledProps) {
  const segments = useMemo(() => {
    const values = [
      ...variables.map(({ name, value }) => ({ key: name, value })),
      ...missing.map((name) => ({ key: '', value: `{{${name}}}` })),
    ]
    return segmentUnits(text, findValues(text, values))
  }, [text, variables, missing])
  return segments.map((segment) => {
    const [key] = segment.keys
    if (key === undefined) return segment.text
    return (
      <span
        key={segment.start}
        title={key.replaceAll('_', ' ')}
        className={
          key
            ? 'rounded-sm bg-selected box-decoration-clone px-1 text-accent-text'
            : 'rounded-sm bg-warn-soft box-decoration-clone px-1 text-warn'
        }
      >
        {segment.text}
      </span>
    )
  })
}
