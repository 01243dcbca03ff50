import { Check } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { cn } from '@/utils/cn'

const STEPS = ['file', 'mapping', 'check', 'done'] as const

/** Where in the import somebody stands; `at` counts from 0. */
export function Steps({ at }: { at: number }) {
  const { t } = useTranslation()
  return (
    <ol className="flex gap-4 text-xs">
      {STEPS.map((step, i) => (
        <li
          key={step}
          aria-current={i === at ? 'step' : undefined}
          className={cn('flex items-center gap-1.5', i === at ? 'font-medium' : 'text-ink-3')}
        >
          <span
            className={cn(
              'num flex size-5 items-center justify-center rounded-full border text-2xs',
              i < at && 'border-accent bg-accent text-accent-ink',
              i === at && 'border-accent text-accent-text',
              i > at && 'border-line-strong',
            )}
          >
            {i < at ? <Check aria-hidden className="size-3" /> : i + 1}
          </span>
          {t(`import.step.${step}`)}
        </li>
      ))}
    </ol>
  )
}
