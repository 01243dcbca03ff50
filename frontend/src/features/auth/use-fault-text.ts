import type { FieldError } from 'react-hook-form'
import { useTranslation } from 'react-i18next'

/** A field's fault as text: our own schemas name a catalogue key, the server sends words. */
export function useFaultText(): (error: FieldError | undefined) => string | undefined {
  const { t, i18n } = useTranslation()
  return (error) => {
    if (!error?.message) return undefined
    return i18n.exists(error.message) ? t(error.message as never) : error.message
  }
}
