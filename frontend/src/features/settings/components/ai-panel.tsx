import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { AiSettings } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { Panel } from '@/components/layout/panel'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Loaded } from '@/features/settings/components/query-panel'
import { WorkspaceSwitch } from '@/features/settings/components/workspace-switch'
import { aiQuery, useSaveAi, useTestAi } from '@/features/settings/queries'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'

export function AiPanel() {
  const { t } = useTranslation()
  const ai = useQuery(aiQuery)
  return (
    <Panel
      title={t('settings.ai.title')}
      actions={
        ai.data && (
          <Badge tone={ai.data.configured ? 'good' : 'neutral'}>
            {ai.data.configured ? t('settings.ai.configured') : t('settings.ai.missing')}
          </Badge>
        )
      }
      flush
    >
      <Loaded query={ai}>
        {(settings) => (
          <div className="flex flex-col gap-4 p-4">
            {settings.configured ? (
              <>
                <dl className="grid gap-3 sm:grid-cols-2">
                  <Line label={t('settings.ai.endpoint')} value={settings.base_url} />
                  <Line label={t('settings.ai.model')} value={settings.model} />
                </dl>
                <LimitsForm key={JSON.stringify(settings)} settings={settings} />
              </>
            ) : (
              <p className="text-sm text-ink-2">{t('settings.ai.missingBody')}</p>
            )}
          </div>
        )}
      </Loaded>
      <div className="divide-y divide-line border-t border-line">
        <WorkspaceSwitch
          name="ai_allowed"
          label={t('settings.ai.allowed')}
          note={t('settings.ai.allowedNote')}
        />
        <WorkspaceSwitch
          name="auto_analyze"
          label={t('settings.ai.auto')}
          note={t('settings.ai.autoNote')}
        />
      </div>
    </Panel>
  )
}

function Line({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="text-xs text-ink-3">{label}</dt>
      <dd className="font-mono text-sm break-all">{value || '–'}</dd>
    </div>
  )
}

const NUMBERS = ['price_in', 'price_out', 'rpm', 'tpm'] as const
const LABELS = {
  price_in: 'settings.ai.priceIn',
  price_out: 'settings.ai.priceOut',
  rpm: 'settings.ai.rpm',
  tpm: 'settings.ai.tpm',
} as const

function LimitsForm({ settings }: { settings: AiSettings }) {
  const { t } = useTranslation()
  const can = useCan()
  const save = useSaveAi()
  const test = useTestAi()
  const once = useOnce()
  const [texts, setTexts] = useState(() =>
    Object.fromEntries(NUMBERS.map((name) => [name, settings[name] ? String(settings[name]) : ''])),
  )
  const mayEdit = can('settings.ai_update')
  const problem = save.error ? toProblem(save.error) : null
  // Said even when the saved settings have already taken this form's place.
  const submit = once((limits: Parameters<typeof save.mutateAsync>[0]) =>
    save.mutateAsync(limits).then(
      () => toast({ title: t('settings.ai.saved') }),
      () => undefined, // Shown above the fields.
    ),
  )
  const faultOf = (name: string) => problem?.fields.find((field) => field.name === name)?.message
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        const number = (name: (typeof NUMBERS)[number]) => Number(texts[name]) || 0
        const limits = {
          price_in: number('price_in'),
          price_out: number('price_out'),
          rpm: number('rpm'),
          tpm: number('tpm'),
        }
        submit(limits)
      }}
    >
      {problem && <ErrorState problem={problem} />}
      <div className="grid gap-3 sm:grid-cols-2">
        {NUMBERS.map((name) => (
          <Field
            key={name}
            label={t(LABELS[name])}
            error={faultOf(name)}
            hint={name === 'rpm' || name === 'tpm' ? t('settings.ai.limitHint') : undefined}
          >
            {(control) => (
              <input
                {...control}
                inputMode="decimal"
                disabled={!mayEdit}
                value={texts[name]}
                onChange={(event) => setTexts({ ...texts, [name]: event.target.value })}
                className="control"
              />
            )}
          </Field>
        ))}
      </div>
      <div className="flex flex-wrap items-center justify-end gap-2" aria-live="polite">
        {test.isSuccess && <Badge tone="good">{t('settings.ai.testOk')}</Badge>}
        {test.error && (
          <ErrorState
            className="w-full"
            problem={{
              message: t('settings.ai.testBad'),
              detail: toProblem(test.error).message,
            }}
          />
        )}
        {can('settings.ai_test') && (
          <Button
            busy={test.isPending}
            onClick={once(() => test.mutateAsync().catch(() => undefined))}
          >
            {t('settings.ai.test')}
          </Button>
        )}
        {mayEdit && (
          <Button type="submit" variant="primary" busy={save.isPending}>
            {t('settings.ai.save')}
          </Button>
        )}
      </div>
    </form>
  )
}
