import i18next, { type ResourceLanguage } from 'i18next'

/** Adds the words of a part that is fetched when it is needed; the part is a namespace of its own. */
export function addWords(part: string, words: ResourceLanguage): void {
  i18next.addResourceBundle('en', part, words)
}
