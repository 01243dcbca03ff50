import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Panel } from '@/components/layout/panel'
import { Button } from '@/components/ui/button'

interface PasteEditorProps {
  title: string
  note: string
  first: string
  onBack: () => void
  onText: (text: string) => void
}

/** Rows as text, typed, pasted, or brought here to be mended. */
export function PasteEditor({ title, note, first, onBack, onText }: PasteEditorProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(first)
  return (
    <Panel title={title}>
      <p id="paste-note" className="mb-2 text-sm text-ink-2">
        {note}
      </p>
      <textarea
        autoFocus
        aria-label={title}
        aria-describedby="paste-note"
        value={text}
        onChange={(event) => setText(event.target.value)}
        rows={14}
        spellCheck={false}
        wrap="off"
        dir="auto"
        placeholder={t('import.pastePlaceholder')}
        className="control h-auto min-h-48 resize-y py-2 font-mono text-xs leading-5"
      />
      <div className="mt-3 flex justify-end gap-2">
        <Button onClick={onBack}>{t('common.back')}</Button>
        <Button variant="primary" disabled={!text.trim()} onClick={() => onText(text)}>
          {t('import.readText')}
        </Button>
      </div>
    </Panel>
  )
}
