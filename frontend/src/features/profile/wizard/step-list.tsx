import { Check } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { type Step, STEPS } from '@/features/profile/wizard/steps'
import { cn } from '@/utils/cn'

interface StepListProps {
  at: Step
  /** Steps whose answers need another look. */
  faulty: ReadonlySet<Step>
  /** Whether there are answers to go to. */
  begun: boolean
}

/** Where one stands; steps that can be gone to are links. */
export function StepList({ at, faulty, begun }: StepListProps) {
  const { t } = useTranslation()
  const now = STEPS.indexOf(at)
  return (
    <nav aria-label={t('wizard.steps')}>
      <p className="text-xs text-ink-2 sm:hidden">
        {t('wizard.progress', { n: now + 1, total: STEPS.length })} · {t(`wizard.step.${at}`)}
      </p>
      <ol className="mt-1 flex gap-1 sm:mt-0 sm:flex-wrap sm:gap-x-4 sm:gap-y-1">
        {STEPS.map((step, i) => {
          const words = (
            <>
              <span
                className={cn(
                  'num flex size-5 shrink-0 items-center justify-center rounded-full border text-2xs max-sm:hidden',
                  i < now && !faulty.has(step) && 'border-accent bg-accent text-accent-ink',
                  i === now && 'border-accent text-accent-text',
                  i > now && 'border-line-strong',
                  faulty.has(step) && i < now && 'border-bad bg-bad-soft text-bad',
                )}
              >
                {i < now && !faulty.has(step) ? <Check aria-hidden className="size-3" /> : i + 1}
              </span>
              <span className="max-sm:sr-only">{t(`wizard.step.${step}`)}</span>
            </>
          )
          return (
            <li
              key={step}
              aria-current={i === now ? 'step' : undefined}
              className={cn(
                'text-xs max-sm:h-1 max-sm:flex-1 max-sm:rounded-full',
                i <= now ? 'max-sm:bg-accent' : 'max-sm:bg-line-strong',
                i === now ? 'font-medium' : 'text-ink-2',
              )}
            >
              {begun && i !== now ? (
                <Link
                  to={`/profile/wizard/${step}`}
                  className="flex items-center gap-1.5 hover:text-ink hover:underline max-sm:pointer-events-none"
                  tabIndex={0}
                >
                  {words}
                </Link>
              ) : (
                <span className="flex items-center gap-1.5">{words}</span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
