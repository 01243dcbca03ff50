import { useDensity } from '@/hooks/use-density'

/** The height of a table's row in pixels; the same as --row in the styles. */
export function useRowHeight(): number {
  const [density] = useDensity()
  return density === 'compact' ? 28 : 36
}
