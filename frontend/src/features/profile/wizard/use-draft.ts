import { useState } from 'react'

import type { ProfileKind } from '@/api/contract'
import { type Draft, keepDraft, keptDraft, write } from '@/features/profile/wizard/draft'
import type { Path } from '@/features/profile/yaml/plain'

/** The answers so far, kept in this tab with every keystroke. */
export function useDraft() {
  const [draft, setDraft] = useState(keptDraft)
  const put = (next: Draft | null) => {
    setDraft(next)
    keepDraft(next)
  }
  return {
    draft,
    put,
    set: (doc: ProfileKind, path: Path, value: unknown) => {
      if (!draft) return
      const texts = { ...draft.texts, [doc]: write(draft.texts[doc], path, value) }
      put({ ...draft, texts })
    },
  }
}
