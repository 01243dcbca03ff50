import { lazy, Suspense } from 'react'

import type { TextDiffProps } from '@/components/diff/diff-view'
import { SkeletonLines } from '@/components/ui/skeleton'

const DiffView = lazy(async () => ({
  default: (await import('@/components/diff/diff-view')).DiffView,
}))

/** What changed between two texts, by line and within lines by word. */
export function TextDiff(props: TextDiffProps) {
  return (
    <Suspense fallback={<SkeletonLines lines={5} />}>
      <DiffView {...props} />
    </Suspense>
  )
}
