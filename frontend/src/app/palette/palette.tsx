import { Search } from 'lucide-react'
import { Fragment, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { type Entry, LEADS_FROM, useEntries } from '@/app/palette/use-entries'
import { ShortcutKeys } from '@/app/shell/shortcut-keys'
import { useListbox } from '@/components/ui/use-listbox'
import { cn } from '@/utils/cn'

interface PaletteProps {
  onClose: () => void
  onShortcuts: () => void
}

/** One input that goes anywhere and does what the open page offers (ARIA's combobox pattern). */
export function Palette({ onClose, onShortcuts }: PaletteProps) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [text, setText] = useState('')
  const { entries, searching } = useEntries(text, { showShortcuts: onShortcuts })
  const take = (entry: Entry) => {
    onClose()
    entry.run()
  }
  const box = useListbox({
    options: entries,
    text,
    filtered: true,
    open: true,
    setOpen: (open) => {
      if (!open) onClose()
    },
    onPick: take,
  })

  useEffect(() => {
    const element = dialog.current
    if (element && !element.open) element.showModal()
  }, [])
  useEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' })
  }, [box.active])

  return (
    <dialog
      ref={dialog}
      aria-label={t('palette.title')}
      onClose={onClose}
      onPointerDown={(event) => event.target === dialog.current && onClose()}
      className="mx-auto mt-[12vh] max-h-[70dvh] w-[calc(100vw-24px)] max-w-xl overflow-hidden rounded-lg border border-line bg-surface p-0 shadow-pop open:flex open:animate-rise"
    >
      <div className="flex min-h-0 w-full flex-col">
        <div className="flex items-center gap-2 border-b border-line px-3">
          <Search aria-hidden className="size-4 shrink-0 text-ink-3" />
          <input
            {...box.inputProps}
            aria-label={t('palette.title')}
            autoFocus
            value={text}
            placeholder={t('palette.placeholder')}
            onChange={(event) => {
              setText(event.target.value)
              box.setActive(0)
            }}
            onKeyDown={box.onKeyDown}
            className="h-11 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-ink-3"
          />
        </div>
        <div
          ref={list}
          id={box.listId}
          role="listbox"
          aria-label={t('palette.title')}
          aria-busy={searching || undefined}
          className="min-h-0 flex-1 overflow-y-auto p-1"
        >
          {box.shown.map((entry, index) => (
            <Fragment key={entry.value}>
              {entry.group !== box.shown[index - 1]?.group && (
                <div role="presentation" className="px-2 pt-2 pb-1 text-xs font-medium text-ink-3">
                  {t(`palette.group.${entry.group}`)}
                </div>
              )}
              <div
                id={box.optionId(index)}
                role="option"
                aria-selected={index === box.active}
                data-active={index === box.active || undefined}
                onPointerMove={() => box.setActive(index)}
                onClick={() => box.take(index)}
                className={cn(
                  'flex min-h-9 cursor-pointer items-center gap-3 rounded-md px-2 text-sm select-none data-active:bg-hover pointer-coarse:min-h-11',
                )}
              >
                <span dir="auto" className="min-w-0 truncate">
                  {entry.label}
                </span>
                {entry.note && (
                  <span
                    dir="auto"
                    className="ms-auto min-w-0 shrink-[2] truncate text-xs text-ink-2"
                  >
                    {entry.note}
                  </span>
                )}
                {entry.shortcut && (
                  <span aria-hidden className="ms-auto shrink-0 pointer-coarse:hidden">
                    <ShortcutKeys shortcut={entry.shortcut} short />
                  </span>
                )}
              </div>
            </Fragment>
          ))}
        </div>
        {box.shown.length === 0 && (
          <p role="status" className="px-3 py-4 text-sm break-words text-ink-2">
            {searching
              ? t('common.loading')
              : text.trim().length < LEADS_FROM
                ? t('palette.short')
                : t('palette.nothing', { text })}
          </p>
        )}
      </div>
    </dialog>
  )
}
