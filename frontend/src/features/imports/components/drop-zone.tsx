import { ClipboardPaste, FileUp } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '@/components/ui/button'
import { cn } from '@/utils/cn'

const ACCEPT = '.csv,.tsv,.txt,.xlsx,.json,.jsonl,.ndjson,.vcf'

interface DropZoneProps {
  /** A file hovers over the page. */
  over: boolean
  onFile: (file: File) => void
  onPaste: () => void
  samples?: ReactNode
}

/** Where an import begins: drop, choose or paste. */
export function DropZone({ over, onFile, onPaste, samples }: DropZoneProps) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  return (
    <div
      className={cn(
        'flex flex-col items-center gap-3 rounded-lg border-2 border-dashed px-6 py-20 text-center transition-colors duration-100',
        over ? 'border-accent bg-selected' : 'border-line-strong bg-surface',
      )}
    >
      <FileUp aria-hidden className="size-8 stroke-[1.5] text-ink-3" />
      <p className="text-base font-semibold">{over ? t('import.dropHere') : t('import.drop')}</p>
      <p className="max-w-md text-sm text-balance text-ink-2">{t('import.formats')}</p>
      <input
        ref={input}
        type="file"
        accept={ACCEPT}
        aria-label={t('import.choose')}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) onFile(file)
        }}
      />
      <div className="flex flex-wrap justify-center gap-2">
        <Button variant="primary" onClick={() => input.current?.click()}>
          {t('import.choose')}
        </Button>
        <Button icon={<ClipboardPaste />} onClick={onPaste}>
          {t('import.paste')}
        </Button>
        {samples}
      </div>
    </div>
  )
}
