import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import type { BatchRequest, LeadSelection } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { EstimateView } from '@/features/batches/components/estimate-view'
import { aiSettingsQuery, estimateQuery, useStartBatch } from '@/features/batches/queries'

interface AnalyseDialogProps {
  open: boolean
  onClose: () => void
  selection: LeadSelection
}

/** Shows what an analysis would do and cost; nothing starts before the button is pressed. */
export function AnalyseDialog({ open, onClose, selection }: AnalyseDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog open={open} onClose={onClose} title={t('analyse.title')} closeLabel={t('common.close')}>
      {open && <AnalyseForm selection={selection} onClose={onClose} />}
    </Dialog>
  )
}

function AnalyseForm({ selection, onClose }: { selection: LeadSelection; onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [analyzer, setAnalyzer] = useState<'rules' | 'llm'>('rules')
  const [draft, setDraft] = useState(true)
  const [budget, setBudget] = useState('')
  const ai = useQuery(aiSettingsQuery)
  const input: BatchRequest = { ...selection, analyzer, draft }
  const estimate = useQuery(estimateQuery(input))
  const start = useStartBatch()
  const amount = Number(budget)
  const badBudget = budget !== '' && !(amount > 0)
  const ready = estimate.data && !estimate.isPlaceholderData && estimate.data.leads > 0

  const go = () => {
    const budgetMicros = budget === '' ? undefined : Math.round(amount * 1_000_000)
    start.mutate(
      { ...input, budget_micros: budgetMicros },
      { onSuccess: (batch) => void navigate(`/batches/${batch.id}`) },
    )
  }

  return (
    <div className="flex flex-col gap-4">
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-xs font-medium text-ink-2">{t('analyse.with')}</legend>
        <Choice
          checked={analyzer === 'rules'}
          onChoose={() => setAnalyzer('rules')}
          title={t('analyzer.rules')}
          note={t('analyse.rulesNote')}
        />
        <Choice
          checked={analyzer === 'llm'}
          disabled={!ai.data?.configured}
          onChoose={() => setAnalyzer('llm')}
          title={ai.data?.model ? `${t('analyzer.llm')} (${ai.data.model})` : t('analyzer.llm')}
          note={ai.data?.configured ? t('analyse.llmNote') : t('analyse.llmMissing')}
        />
      </fieldset>
      <Checkbox checked={draft} onCheckedChange={setDraft} label={t('analyse.draft')} showLabel />
      {analyzer === 'llm' && (
        <Field
          label={t('analyse.budget')}
          hint={t('analyse.budgetHint')}
          error={badBudget ? t('analyse.budgetFault') : undefined}
        >
          {(control) => (
            <input
              {...control}
              inputMode="decimal"
              value={budget}
              onChange={(event) => setBudget(event.target.value)}
              className="control"
            />
          )}
        </Field>
      )}
      {estimate.error ? (
        <ErrorState problem={toProblem(estimate.error)} onRetry={() => void estimate.refetch()} />
      ) : (
        <EstimateView estimate={estimate.data} stale={estimate.isPlaceholderData} />
      )}
      {start.error && <ErrorState problem={toProblem(start.error)} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button
          variant="primary"
          busy={start.isPending}
          disabled={!ready || badBudget || (!estimate.data.fits && budget === '')}
          onClick={go}
        >
          {t('analyse.start')}
        </Button>
      </div>
    </div>
  )
}

interface ChoiceProps {
  checked: boolean
  disabled?: boolean
  onChoose: () => void
  title: string
  note: string
}

function Choice({ checked, disabled, onChoose, title, note }: ChoiceProps) {
  return (
    <label
      className={
        'flex items-start gap-2.5 rounded-md border px-3 py-2 ' +
        (checked ? 'border-accent bg-selected' : 'border-line-strong') +
        (disabled ? ' opacity-60' : ' cursor-pointer')
      }
    >
      <input
        type="radio"
        name="analyzer"
        checked={checked}
        disabled={disabled}
        onChange={onChoose}
        className="mt-1 accent-accent"
      />
      <span>
        <span className="block text-sm font-medium">{title}</span>
        <span className="block text-xs text-ink-2">{note}</span>
      </span>
    </label>
  )
}
