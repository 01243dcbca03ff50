import { lazy, Suspense } from 'react'

import type { YamlEditorProps } from '@/components/editor/code-view'
import { SkeletonLines } from '@/components/ui/skeleton'

// The editor is the heaviest part of the app; only who edits loads it.
const CodeView = lazy(async () => ({
  default: (await import('@/components/editor/code-view')).CodeView,
}))

/** A YAML text with line numbers, colours and its faults marked where they are. */
export function YamlEditor(props: YamlEditorProps) {
  return (
    <Suspense
      fallback={
        <div className="h-full min-h-40 rounded-md border border-line-strong bg-surface p-3">
          <SkeletonLines lines={6} />
        </div>
      }
    >
      <CodeView {...props} />
    </Suspense>
  )
}
