/** The time zones that this browser knows, by name. */
export function zoneChoices(): { value: string; label: string }[] {
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')]
  return [...new Set(zones)].map((value) => ({ value, label: value.replaceAll('_', ' ') }))
}

const LOCALES = [
  'en-US',
  'en-GB',
  'en-IN',
  'en-AU',
  'de-DE',
  'fr-FR',
  'es-ES',
  'es-MX',
  'pt-BR',
  'it-IT',
  'nl-NL',
  'pl-PL',
  'sv-SE',
  'tr-TR',
  'hi-IN',
  'ja-JP',
  'ko-KR',
  'zh-CN',
  'ar-EG',
  'he-IL',
]

/** Ways to write dates and numbers, each named in English; the words of the app stay as they are. */
export function localeChoices(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' })
  return LOCALES.map((value) => ({ value, label: names.of(value) ?? value }))
}
