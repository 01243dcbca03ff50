import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

import type { en } from '@/utils/i18n/en'
import { earlyWords } from '@/utils/i18n/words'

/** Starts translation with the words that are there; those of other pages come with their code. */
export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: {} } },
    interpolation: { escapeValue: false }, // React escapes.
    returnNull: false,
    nsSeparator: false, // Keys such as "leads:write" hold a colon.
  })
  i18next.addResources('en', 'translation', earlyWords())
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof en }
  }
}
