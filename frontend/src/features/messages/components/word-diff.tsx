import { lateContent } from '@/components/ui/late'

/** What changed between two texts, by word. */
export const WordDiff = lateContent(
  async () => (await import('@/features/messages/components/word-diff-view')).WordDiffView,
)
