import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { BudgetSetting } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { Panel } from '@/components/layout/panel'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Loaded } from '@/features/settings/components/query-panel'
import { budgetsQuery, useSaveBudget } from '@/features/settings/queries'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'
import { cn } from '@/utils/cn'
import { formatMoney } from '@/utils/format'

export function BudgetsPanel() {
  const { t } = useTranslation()
  const budgets = useQuery(budgetsQuery)
  return (
    <Panel title={t('settings.budgets.title')} flush>
      <p className="px-4 pt-3 text-sm text-ink-2">{t('settings.budgets.note')}</p>
      <Loaded query={budgets}>
        {({ items }) => items.map((budget) => <BudgetForm key={budget.scope} budget={budget} />)}
      </Loaded>
    </Panel>
  )
}

function BudgetForm({ budget }: { budget: BudgetSetting }) {
  const { t } = useTranslation()
  const can = useCan()
  const once = useOnce()
  const save = useSaveBudget()
  const limit = budget.limit_micros
  const [text, setText] = useState(limit === null ? '' : String(limit / 1_000_000))
  const amount = Number(text.replace(',', '.'))
  const bad = text.trim() !== '' && !(amount >= 0)
  const used = budget.spent_micros + budget.reserved_micros
  const part = limit ? Math.min(1, used / limit) : 0
  const mayEdit = can('budgets.update')
  const submit = once(async () => {
    const micros = text.trim() === '' ? null : Math.round(amount * 1_000_000)
    const saved = await save
      .mutateAsync({ scope: budget.scope, limit_micros: micros })
      .catch(() => null)
    if (saved) toast({ title: t('settings.budgets.saved') }) // A fault is shown in place.
  })
  return (
    <form
      className="flex flex-col gap-3 border-line px-4 py-4 not-last:border-b"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {save.error && <ErrorState problem={toProblem(save.error)} />}
      <div>
        <div className="num flex flex-wrap justify-between gap-2 text-sm">
          <span className="font-medium">
            {budget.scope === 'day' ? t('settings.budgets.day') : t('settings.budgets.month')}
          </span>
          <span className="text-ink-2">
            {t('settings.budgets.spent', {
              spent: formatMoney(budget.spent_micros),
              reserved: formatMoney(budget.reserved_micros),
            })}{' '}
            {limit === null
              ? t('settings.budgets.noLimit')
              : t('settings.budgets.of', { limit: formatMoney(limit) })}
          </span>
        </div>
        {limit !== null && (
          <div className="mt-1.5 h-2 overflow-hidden rounded-full bg-line">
            <div
              className={cn('h-full', part >= 0.8 ? 'bg-warn' : 'bg-accent')}
              style={{ width: `${part * 100}%` }}
            />
          </div>
        )}
        {part >= 0.8 && <p className="mt-1 text-xs text-warn">{t('settings.budgets.warned')}</p>}
      </div>
      {mayEdit && (
        <div className="flex items-start gap-2">
          <Field
            label={t('settings.budgets.limit')}
            hint={t('settings.budgets.limitHint')}
            error={bad ? t('settings.budgets.fault') : undefined}
            className="w-52"
          >
            {(control) => (
              <input
                {...control}
                inputMode="decimal"
                value={text}
                onChange={(event) => setText(event.target.value)}
                className="control"
              />
            )}
          </Field>
          <Button type="submit" disabled={bad} busy={save.isPending} className="mt-5">
            {t('settings.budgets.save')}
          </Button>
        </div>
      )}
    </form>
  )
}
