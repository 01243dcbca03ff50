import type { HelpEntry, HelpHeading } from '@/features/help/tree'

export interface HelpHit {
  entry: HelpEntry
  /** Headings that fit; none when the title itself does. */
  headings: readonly HelpHeading[]
}

const MOST_HEADINGS = 4

/** Pages whose title or a heading holds every word of the text; titles come first. */
export function findHelp(entries: readonly HelpEntry[], text: string): HelpHit[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const fits = (name: string) => words.every((word) => name.toLowerCase().includes(word))
  const hits = entries.map((entry): HelpHit & { whole: boolean } => {
    const whole = fits(entry.title)
    const found =
      words.length > 0 && !whole ? entry.headings.filter(({ text: name }) => fits(name)) : []
    return { entry, whole, headings: found.slice(0, MOST_HEADINGS) }
  })
  return hits
    .filter(({ whole, headings }) => whole || headings.length > 0)
    .sort((a, b) => Number(b.whole) - Number(a.whole))
}
