import { Eye, EyeOff } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { FormField, type FormFieldProps } from '@/components/form/form-field'
import { IconButton } from '@/components/ui/button'

interface PasswordFieldProps extends FormFieldProps {
  autoComplete: 'current-password' | 'new-password' | 'off'
  placeholder?: string
  autoFocus?: boolean
}

/** A secret that can be shown while it is being typed; says when caps lock is on. */
export function PasswordField(props: PasswordFieldProps) {
  const { autoComplete, placeholder, autoFocus, disabled, ...rest } = props
  const { t } = useTranslation()
  const [plain, setPlain] = useState(false)
  const [caps, setCaps] = useState(false)
  const look = (event: KeyboardEvent) => setCaps(event.getModifierState('CapsLock'))
  return (
    <div
      className="flex flex-col gap-1"
      onKeyDown={look}
      onKeyUp={look}
      onBlur={() => setCaps(false)}
    >
      <FormField {...rest}>
        {(control, field) => (
          <span className="relative block">
            <input
              {...control}
              {...field}
              value={(field.value as string | null) ?? ''}
              type={plain ? 'text' : 'password'}
              autoComplete={autoComplete}
              autoCapitalize="off"
              autoCorrect="off"
              spellCheck={false}
              autoFocus={autoFocus}
              placeholder={placeholder}
              disabled={disabled}
              className="control pe-10 pointer-coarse:pe-12"
            />
            <IconButton
              label={plain ? t('ui.hidePassword') : t('ui.showPassword')}
              aria-pressed={plain}
              disabled={disabled}
              onClick={() => setPlain(!plain)}
              className="absolute end-0.5 top-1/2 -translate-y-1/2"
            >
              {plain ? <EyeOff /> : <Eye />}
            </IconButton>
          </span>
        )}
      </FormField>
      <span role="status" className="text-xs text-warn">
        {caps && t('ui.capsLock')}
      </span>
    </div>
  )
}
