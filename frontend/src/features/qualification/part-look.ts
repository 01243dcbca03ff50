/** How each part of a score looks: a solid colour for bars, a soft one behind text. */
interface PartLook {
  solid: string
  soft: string
  /** The CSS variable of the solid colour, for underlines of overlapping quotes. */
  line: string
}

const PAIN: PartLook = {
  solid: 'bg-part-pain',
  soft: 'bg-part-pain-soft',
  line: 'var(--part-pain)',
}

const LOOKS: Record<string, PartLook> = {
  pain: PAIN,
  evidence: PAIN,
  urgency: {
    solid: 'bg-part-urgency',
    soft: 'bg-part-urgency-soft',
    line: 'var(--part-urgency)',
  },
  authority: {
    solid: 'bg-part-authority',
    soft: 'bg-part-authority-soft',
    line: 'var(--part-authority)',
  },
  specificity: {
    solid: 'bg-part-specificity',
    soft: 'bg-part-specificity-soft',
    line: 'var(--part-specificity)',
  },
  fit: { solid: 'bg-part-fit', soft: 'bg-part-fit-soft', line: 'var(--part-fit)' },
}

const OTHER: PartLook = {
  solid: 'bg-part-other',
  soft: 'bg-part-other-soft',
  line: 'var(--part-other)',
}

export function partLook(part: string): PartLook {
  return LOOKS[part] ?? OTHER
}
