import { Sparkles } from 'lucide-react'
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { Button } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import { leadEstimateQuery, modelQuery, useAnalyzeLead } from '@/features/qualification/queries'
import { formatMoney } from '@/utils/format'
import { useOnce } from '@/hooks/use-once'

interface AnalyseMenuProps {
  leadId: string
  again: boolean
}

/** Analyses this lead, by the rules or by the model; what the model costs is said before. */
export function AnalyseMenu({ leadId, again }: AnalyseMenuProps) {
  const { t } = useTranslation()
  const once = useOnce()
  const [open, setOpen] = useState(false)
  const analyze = useAnalyzeLead(leadId)
  const model = useQuery({ ...modelQuery, enabled: open })
  const ready = model.data?.configured ?? false
  const estimate = useQuery(leadEstimateQuery(leadId, open && ready))
  const cost = !estimate.data
    ? t('common.loading')
    : estimate.data.cached > 0
      ? t('analyse.fromCache')
      : estimate.data.cost_micros > 0
        ? t('analyse.about', {
            cost: formatMoney(estimate.data.cost_micros, estimate.data.currency),
          })
        : t('analyse.noPrice')
  // A fault is said by the query client.
  const run = once((analyzer: 'rules' | 'llm') =>
    analyze.mutateAsync(analyzer).catch(() => undefined),
  )
  const start = (analyzer: 'rules' | 'llm') => {
    setOpen(false)
    run(analyzer)
  }
  return (
    <Popover
      label={again ? t('analyse.again') : t('analyse.verb')}
      align="end"
      open={open}
      onOpenChange={setOpen}
      className="w-80 p-1"
      trigger={
        <Button
          icon={<Sparkles />}
          iconOnPhone
          variant={again ? 'default' : 'primary'}
          busy={analyze.isPending}
        >
          {again ? t('analyse.again') : t('analyse.verb')}
        </Button>
      }
    >
      <Choice
        title={t('analyzer.rules')}
        cost={t('analyse.free')}
        note={t('analyse.rulesNote')}
        onSelect={() => start('rules')}
      />
      <Choice
        title={t('analyzer.llm')}
        cost={ready ? cost : ''}
        note={model.data && !ready ? t('analyse.llmMissing') : t('analyse.llmLeadNote')}
        disabled={!ready}
        onSelect={() => start('llm')}
      />
    </Popover>
  )
}

interface ChoiceProps {
  title: string
  cost: string
  note: string
  disabled?: boolean
  onSelect: () => void
}

function Choice({ title, cost, note, disabled, onSelect }: ChoiceProps) {
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={onSelect}
      className="block w-full rounded-md px-2.5 py-2 text-start not-disabled:hover:bg-hover disabled:cursor-not-allowed"
    >
      <span className="flex justify-between gap-3 text-sm font-medium">
        <span className={disabled ? 'text-ink-2' : ''}>{title}</span>
        <span className="num text-ink-2">{cost}</span>
      </span>
      <span className="block text-xs text-ink-2">{note}</span>
    </button>
  )
}
