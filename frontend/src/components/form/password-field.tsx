import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { FormField, type FormFieldProps } from '@/components/form/form-field'
import { IconButton } from '@/components/ui/button'

interface PasswordFieldProps extends FormFieldProps {
  autoComplete: 'current-password' | 'new-password' | 'off'
  placeholder?: string
}

/** A secret that can be shown while it is being typed. */
export function PasswordField(props: PasswordFieldProps) {
  const { autoComplete, placeholder, disabled, ...rest } = props
  const { t } = useTranslation()
  const [plain, setPlain] = useState(false)
  return (
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
            spellCheck={false}
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
  )
}
