import { useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'

import type { FormFieldProps } from '@/components/form/form-field'
import { PasswordField } from '@/components/form/password-field'
import { cn } from '@/utils/cn'
import { type Strength, strengthOf } from '@/utils/password'

const BARS: Record<Strength['level'], number> = {
  none: 0,
  short: 1,
  dull: 1,
  long: 1,
  enough: 2,
  good: 3,
  strong: 4,
}

type Props = Omit<FormFieldProps, 'hint'> & { autoFocus?: boolean }

/** A password that is being chosen: says how good it is while it is typed. */
export function NewPasswordField(props: Props) {
  const password = useWatch({ name: props.name }) as string | undefined
  return (
    <PasswordField
      {...props}
      autoComplete="new-password"
      hint={<StrengthNote strength={strengthOf(password ?? '')} />}
    />
  )
}

function StrengthNote({ strength }: { strength: Strength }) {
  const { t } = useTranslation()
  const bars = BARS[strength.level]
  return (
    <span className="flex flex-col gap-1 text-ink-2">
      {strength.level !== 'none' && (
        <span aria-hidden className="flex gap-1">
          {[1, 2, 3, 4].map((bar) => (
            <span
              key={bar}
              className={cn(
                'h-1 flex-1 rounded-full',
                bar > bars ? 'bg-line' : bars === 1 ? 'bg-warn' : 'bg-good',
              )}
            />
          ))}
        </span>
      )}
      <span>
        {strength.level === 'short'
          ? t('auth.strength.short', { count: strength.missing })
          : t(`auth.strength.${strength.level}`)}
      </span>
    </span>
  )
}
