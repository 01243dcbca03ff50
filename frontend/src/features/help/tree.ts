/**
 * A piece of a help page: words, or an element with its attributes and what is in it. Pages are trees of these and not
 * HTML, so nothing in them can be anything but the elements that the reader knows.
 */
export type HelpNode = string | readonly [HelpTag, HelpProps | null, ...HelpNode[]]

export type HelpTag =
  | 'p'
  | 'h2'
  | 'h3'
  | 'h4'
  | 'ul'
  | 'ol'
  | 'li'
  | 'table'
  | 'thead'
  | 'tbody'
  | 'tr'
  | 'th'
  | 'td'
  | 'pre'
  | 'code'
  | 'blockquote'
  | 'hr'
  | 'strong'
  | 'em'
  | 'del'
  | 'br'
  | 'a'
  | 'img'

export interface HelpProps {
  id?: string
  href?: string
  src?: string
  alt?: string
  start?: number
}

export interface HelpHeading {
  id: string
  text: string
  level: number
}

export interface HelpText {
  title: string
  headings: readonly HelpHeading[]
  nodes: readonly HelpNode[]
}

/** What the list of pages knows without fetching them. */
export interface HelpEntry {
  slug: string
  part: string
  title: string
  /** How the page begins, in plain words. */
  summary: string
  headings: readonly HelpHeading[]
}
