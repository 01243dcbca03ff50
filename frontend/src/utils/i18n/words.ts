import i18next from 'i18next'

const early: Record<string, string> = {}

/**
 * Adds words by their keys; called by what words-plugin.ts puts into the code that uses them.
 * @public
 */
export function addWords(words: Record<string, string>): void {
  if (i18next.isInitialized) i18next.addResources('en', 'translation', words)
  else Object.assign(early, words)
}

/** The words of the code that was there before translation started. */
export function earlyWords(): Readonly<Record<string, string>> {
  return early
}
