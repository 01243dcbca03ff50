import { Check } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { Button } from '@/components/ui/button'
import { useStored } from '@/hooks/use-stored'
import { cn } from '@/utils/cn'

interface ChecklistProps {
  done: { profile: boolean; leads: boolean; analyse: boolean; message: boolean }
  /** Offered beside the step that brings leads in. */
  samples: ReactNode
  /** Where the profile is set up. */
  profileTo: string
}

const STEPS = [
  { key: 'profile', to: '/profile' },
  { key: 'leads', to: '/imports/new' },
  { key: 'analyse', to: '/leads' },
  { key: 'message', to: '/leads?status=qualified' },
] as const

/** Four steps to the first message; goes away when all are done or somebody hides it. */
export function Checklist({ done: given, samples, profileTo }: ChecklistProps) {
  const { t } = useTranslation()
  const [hidden, setHidden] = useStored('winnow.checklist.hidden', false)
  // The figures only tell of the last messages; once written, the step stays done.
  const [wrote, setWrote] = useStored('winnow.checklist.message', false)
  useEffect(() => {
    if (given.message && !wrote) setWrote(true)
  })
  const done = { ...given, message: given.message || wrote }
  const count = STEPS.filter(({ key }) => done[key]).length
  if (hidden || count === STEPS.length) return null
  const next = STEPS.find(({ key }) => !done[key])?.key
  return (
    <section aria-label={t('home.start')} className="rounded-lg border border-line bg-surface">
      <header className="flex h-10 items-center gap-2 border-b border-line px-4">
        <h2 className="text-sm font-semibold">{t('home.start')}</h2>
        <span className="num text-xs text-ink-3">{t('home.startNote', { n: count })}</span>
        <Button size="sm" variant="ghost" className="ms-auto" onClick={() => setHidden(true)}>
          {t('home.hide')}
        </Button>
      </header>
      <ol className="grid sm:grid-cols-2 xl:grid-cols-4">
        {STEPS.map(({ key, to }, i) => (
          <li
            key={key}
            className={cn(
              'relative flex gap-3 border-line px-4 py-3 not-last:border-b xl:not-last:border-e xl:not-last:border-b-0',
              key === next && 'bg-selected',
            )}
          >
            <span
              className={cn(
                'num mt-0.5 flex size-5 shrink-0 items-center justify-center rounded-full border text-2xs',
                done[key]
                  ? 'border-good bg-good-soft text-good'
                  : 'border-line-strong bg-surface text-ink-2',
              )}
            >
              {done[key] ? <Check aria-hidden className="size-3" /> : i + 1}
            </span>
            <div className="min-w-0">
              <Link to={key === 'profile' ? profileTo : to} className="font-medium hover:underline">
                {t(`home.step.${key}`)}
              </Link>
              {done[key] && <span className="sr-only"> ({t('home.step.done')})</span>}
              <p className="text-xs text-ink-2">{t(`home.step.${key}Note`)}</p>
              {key === 'leads' && !done.leads && samples && <div className="mt-2">{samples}</div>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
