import { cn } from '@/utils/cn'

const HUES = [
  'bg-part-fit-soft',
  'bg-part-authority-soft',
  'bg-part-specificity-soft',
  'bg-part-urgency-soft',
  'bg-part-pain-soft',
  'bg-part-other-soft',
]

const SIZES = { sm: 'size-5 text-[9px]', md: 'size-6 text-2xs', lg: 'size-9 text-sm' }

/** At most two letters that stand for a name or an e-mail address. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/@/)[0]!
    .split(/[\s._-]+/)
    .filter(Boolean)
  const first = words[0] ?? ''
  const last = words.length > 1 ? words.at(-1)! : ''
  return [first, last]
    .map((word) => Array.from(word)[0] ?? '')
    .join('')
    .toLocaleUpperCase()
}

function hue(name: string): string {
  let sum = 0
  for (const char of name) sum = (sum * 31 + char.codePointAt(0)!) >>> 0
  return HUES[sum % HUES.length]!
}

interface AvatarProps {
  name: string
  size?: 'sm' | 'md' | 'lg'
  /** The name is written beside it, so a screen reader need not hear it twice. */
  decorative?: boolean
}

/** A person as initials on a hue of their own. */
export function Avatar({ name, size = 'md', decorative }: AvatarProps) {
  return (
    <span
      role={decorative ? undefined : 'img'}
      aria-label={decorative ? undefined : name}
      aria-hidden={decorative || undefined}
      title={decorative ? undefined : name}
      className={cn(
        'inline-flex shrink-0 items-center justify-center rounded-full font-semibold text-ink select-none',
        SIZES[size],
        hue(name),
      )}
    >
      {initials(name) || '?'}
    </span>
  )
}
