export const SHORTEST_PASSWORD = 12
export const LONGEST_PASSWORD = 128

/** How hard a new password is to guess, by its length; what only repeats or counts is dull. */
export type Strength =
  | { level: 'none' | 'dull' | 'long' | 'enough' | 'good' | 'strong' }
  | { level: 'short'; missing: number }

/** Characters as people count them; the server counts the same. */
export function countChars(text: string): number {
  return Array.from(text).length
}

export function strengthOf(password: string): Strength {
  const length = countChars(password)
  if (length === 0) return { level: 'none' }
  if (length < SHORTEST_PASSWORD) return { level: 'short', missing: SHORTEST_PASSWORD - length }
  if (length > LONGEST_PASSWORD) return { level: 'long' }
  if (isDull(password.toLowerCase())) return { level: 'dull' }
  return { level: length < 16 ? 'enough' : length < 22 ? 'good' : 'strong' }
}

/** A text that is one short piece again and again, or counts up or down. */
function isDull(text: string): boolean {
  const chars = Array.from(text)
  if (new Set(chars).size < 5) return true
  const steps = chars.slice(1).map((char, i) => char.codePointAt(0)! - chars[i]!.codePointAt(0)!)
  if (steps.every((step) => step === 1) || steps.every((step) => step === -1)) return true
  // Doubled, a text that repeats itself is found again before its end.
  return (text + text).indexOf(text, 1) < text.length
}
