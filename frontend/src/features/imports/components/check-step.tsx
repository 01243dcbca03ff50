import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useNavigate } from 'react-router'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Panel } from '@/components/layout/panel'
import { Button } from '@/components/ui/button'
import { Progress } from '@/components/ui/progress'
import { Skeleton } from '@/components/ui/skeleton'
import type { Choices, Mapping } from '@/features/imports/choices'
import { FateTiles } from '@/features/imports/components/fate-tiles'
import { SampleRows } from '@/features/imports/components/sample-rows'
import { Warnings } from '@/features/imports/components/warnings'
import { checkQuery, useRunImport } from '@/features/imports/queries'
import { type Fate, FATES } from '@/features/imports/fate'
import { useOnce } from '@/hooks/use-once'
import { formatNumber } from '@/utils/format'

interface CheckStepProps {
  id: string
  choices: Choices
  mapping: Mapping
}

/** What would happen, class by class, before anything does; then go. */
export function CheckStep({ id, choices, mapping }: CheckStepProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const check = useQuery(checkQuery(id, choices, mapping))
  const run = useRunImport(id)
  const once = useOnce()
  const [picked, setPicked] = useState<Fate | null>(null)
  const back = (
    <Button onClick={() => void navigate(`/imports/new?import=${id}`)}>{t('common.back')}</Button>
  )
  if (check.error) {
    const problem = toProblem(check.error)
    if (problem.code === 'import_started') return <Navigate to={`/imports/${id}`} replace />
    return (
      <>
        <ErrorState problem={problem} onRetry={() => void check.refetch()} />
        <div>{back}</div>
      </>
    )
  }
  if (!check.data) {
    return (
      <Panel title={t('import.outcome')}>
        <p role="status" className="mb-2 text-sm text-ink-2">
          {t('import.checking')}
        </p>
        <Progress value={null} label={t('import.checking')} />
        <Skeleton className="mt-4 h-24 w-full" />
      </Panel>
    )
  }
  const { import: item, samples } = check.data
  const effect = item.created + item.updated
  const open = picked ?? FATES.find((fate) => item[fate] > 0) ?? null
  const go = async () => {
    try {
      const started = await run.mutateAsync({ choices, mapping })
      void navigate(`/imports/${started.id}`, { replace: true })
    } catch {
      // The problem is shown in place.
    }
  }
  return (
    <Panel title={t('import.outcome')} note={t('import.outcomeNote')}>
      <FateTiles item={item} open={open} onOpen={setPicked} />
      {open && (
        <SampleRows
          fate={open}
          total={item[open]}
          samples={samples.filter((each) => each.fate === open)}
        />
      )}
      <Warnings item={item} />
      {effect === 0 && (
        <p className="mt-3 text-sm">
          <span className="font-medium">{t('import.nothing')}.</span> {t('import.nothingBody')}
        </p>
      )}
      {run.isPaused && (
        <p role="status" className="mt-3 text-sm text-warn">
          {t('import.offline')}
        </p>
      )}
      {run.error && <ErrorState problem={toProblem(run.error)} className="mt-3" />}
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        {back}
        <Button
          variant="primary"
          busy={run.isPending || run.isSuccess}
          disabled={effect === 0}
          onClick={once(go)}
        >
          {t('import.go', { count: effect, n: formatNumber(effect) })}
        </Button>
      </div>
    </Panel>
  )
}
