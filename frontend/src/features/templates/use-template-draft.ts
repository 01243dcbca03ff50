import { useEffect, useState } from 'react'

import type { Template, TemplateText } from '@/features/templates/queries'

const EMPTY: TemplateText = { name: '', subject: '', body: '' }
const key = (id: string) => `winnow.template.${id}`

/** The text of a template as it is being written; kept in this tab until it is saved or given up. */
export function useTemplateDraft(id: string, stored: Template | null) {
  const [base, setBase] = useState(() => ({
    text: textOf(stored),
    version: stored?.version ?? 0,
  }))
  const [text, setText] = useState<TemplateText>(() => kept(id) ?? base.text)
  const dirty = !same(text, base.text)
  // Somebody else's change, and nothing of one's own: shown as it is.
  const newer = stored !== null && stored.version > base.version
  if (newer && (!dirty || same(text, textOf(stored)))) {
    setBase({ text: textOf(stored), version: stored.version })
    setText(textOf(stored))
  }

  useEffect(() => {
    try {
      if (dirty) sessionStorage.setItem(key(id), JSON.stringify(text))
      else sessionStorage.removeItem(key(id))
    } catch {
      // Without storage the text lives as long as the page does.
    }
  }, [id, text, dirty])

  return {
    text,
    dirty,
    version: base.version,
    theirs: newer && dirty ? stored : null,
    change: (part: Partial<TemplateText>) => setText((now) => ({ ...now, ...part })),
    /** What was saved is what one goes on from. */
    saved: (template: Template) => {
      setBase({ text: textOf(template), version: template.version })
      setText(textOf(template))
    },
    /** Goes on with one's own text over theirs. */
    keepMine: () => stored && setBase({ text: textOf(stored), version: stored.version }),
    discard: () => {
      setBase({ text: textOf(stored), version: stored?.version ?? 0 })
      setText(textOf(stored))
    },
  }
}

export function forgetDraft(id: string): void {
  try {
    sessionStorage.removeItem(key(id))
  } catch {
    // Nothing was kept.
  }
}

function textOf(template: Template | null): TemplateText {
  if (!template) return EMPTY
  const { name, subject, body } = template
  return { name, subject, body }
}

function same(a: TemplateText, b: TemplateText): boolean {
  return a.name === b.name && a.subject === b.subject && a.body === b.body
}

function kept(id: string): TemplateText | null {
  try {
    const text = JSON.parse(sessionStorage.getItem(key(id)) ?? 'null') as TemplateText | null
    return text && typeof text.body === 'string' ? { ...EMPTY, ...text } : null
  } catch {
    return null
  }
}
