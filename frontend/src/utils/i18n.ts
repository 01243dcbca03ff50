import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

import { en } from '@/utils/i18n/en'
import type wizard from '@/utils/i18n/en/wizard.json'

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
    // The parts beside it come with the pages that need them (add-words.ts).
    resources: { translation: typeof en; wizard: typeof wizard }
  }
}
