import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

import { en } from '@/utils/i18n/en'

/** Starts translation with the one English catalogue; further languages add a file. */
export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false }, // React escapes.
    returnNull: false,
    nsSeparator: false, // Keys such as "leads:write" hold a colon.
  })
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof en }
  }
}
