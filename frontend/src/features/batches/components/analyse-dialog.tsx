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
import { NumberInput } from '@/components/ui/number-field'
import { BudgetLeft } from '@/features/batches/components/budget-left'
import { EstimateView } from '@/features/batches/components/estimate-view'
import { aiSettingsQuery, estimateQuery, useStartBatch } from '@/features/batches/queries'
import { useOnce } from '@/hooks/use-once'
import { formatMoney, formatNumber } from '@/utils/format'

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
  const [budget, setBudget] = useState<number | null>(null)
  const [name, setName] = useState('')
  const ai = useQuery(aiSettingsQuery)
  const input: BatchRequest = { ...selection, analyzer, draft }
  const estimate = useQuery(estimateQuery(input))
  const start = useStartBatch()
  const once = useOnce()
  const micros = budget === null ? null : Math.round(budget * 1_000_000)
  const left = estimate.data?.budget.left_micros ?? null
  const fault =
    micros !== null && micros <= 0
      ? t('analyse.budgetFault')
      : micros !== null && left !== null && micros > left
        ? t('estimate.limitTooHigh', { left: formatMoney(left, estimate.data?.currency) })
        : undefined
  const ready = estimate.data && !estimate.isPlaceholderData && estimate.data.leads > 0
  const leads = estimate.data?.leads ?? 0

  const go = async () => {
    try {
      const batch = await start.mutateAsync({
        ...input,
        name: name.trim() || undefined,
        budget_micros: micros ?? undefined,
      })
      // Closed now: the page below stays until the next one is there, and Back must not meet it.
      onClose()
      void navigate(`/batches/${batch.id}`)
    } catch {
      // The problem is shown in place.
    }
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
        <Field label={t('analyse.budget')} hint={t('analyse.budgetHint')} error={fault}>
          {(control) => (
            <NumberInput
              {...control}
              value={budget}
              onChange={setBudget}
              unit={estimate.data?.currency}
            />
          )}
        </Field>
      )}
      <Field label={t('analyse.nameLabel')} hint={t('analyse.nameHint')}>
        {(control) => (
          <input
            {...control}
            value={name}
            maxLength={200}
            dir="auto"
            onChange={(event) => setName(event.target.value)}
            className="control"
          />
        )}
      </Field>
      {estimate.error ? (
        <ErrorState problem={toProblem(estimate.error)} onRetry={() => void estimate.refetch()} />
      ) : (
        <EstimateView estimate={estimate.data} stale={estimate.isPlaceholderData} />
      )}
      {analyzer === 'llm' && <BudgetLeft />}
      {start.error && <ErrorState problem={toProblem(start.error)} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button
          variant="primary"
          busy={start.isPending || start.isSuccess}
          disabled={!ready || fault !== undefined || (!estimate.data.fits && micros === null)}
          onClick={once(go)}
        >
          {leads > 0
            ? t('analyse.startCount', { count: leads, n: formatNumber(leads) })
            : t('analyse.verb')}
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
