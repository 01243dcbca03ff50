import { Braces, ListFilter, Plus } from 'lucide-react'
import { Fragment, type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { type Chip, type Chips, readChips, writeChips } from '@/components/filter-builder/chips'
import type { ChoicesOf } from '@/components/filter-builder/choices'
import { AddFilter } from '@/components/filter-builder/add-filter'
import { CustomChip, FilterChip } from '@/components/filter-builder/filter-chip'
import { FilterFault } from '@/components/filter-builder/lex'
import { useFilterWords } from '@/components/filter-builder/use-words'
import { Button, IconButton } from '@/components/ui/button'
import { useShortcuts } from '@/hooks/use-shortcuts'

interface FilterChipsProps {
  filter: string
  onChange: (filter: string) => void
  choicesOf: ChoicesOf
  /** The workspace's own fields, as far as they are known. */
  customFields?: () => readonly string[]
  /** Fields that stand ready to be chosen while no chip is about them. */
  suggested: readonly string[]
  /** Opens the filter as text. */
  onWrite: () => void
}

const NONE: Chips = { join: 'and', chips: [] }

/** A filter as chips that are edited in place. What chips cannot say stands as one that opens as text. */
export function FilterChips(props: FilterChipsProps) {
  const { filter, onChange, choicesOf, suggested, onWrite } = props
  const { t } = useTranslation()
  const words = useFilterWords(choicesOf, props.customFields)
  const box = useRef<HTMLDivElement>(null)
  // A suggested field stays in place while it is being chosen from.
  const [choosing, setChoosing] = useState<string | null>(null)
  const read = readChips(filter)
  const fault = read instanceof FilterFault
  const all = fault ? NONE : read
  const { join, chips } = all

  const adder = () => box.current?.querySelector<HTMLElement>('[data-add]')
  useShortcuts([
    {
      id: 'filter',
      keys: 'f',
      label: t('shortcut.filter'),
      where: 'list',
      run: () => adder()?.click(),
    },
  ])

  const set = (next: Chips) => onChange(writeChips(next))
  const place = (index: number) => box.current?.querySelectorAll<HTMLElement>('[data-chip]')[index]
  const remove = (index: number) => {
    set({ join, chips: chips.filter((_, at) => at !== index) })
    // The keyboard goes on where the chip was.
    requestAnimationFrame(() => (place(Math.max(0, index - 1)) ?? adder())?.focus())
  }
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl'
    const step = { ArrowLeft: rtl ? 1 : -1, ArrowRight: rtl ? -1 : 1 }[event.key]
    if (event.key === 'Backspace' || event.key === 'Delete') remove(index)
    else if (step) (place(index + step) ?? (step > 0 ? adder() : null))?.focus()
    else return
    event.preventDefault()
  }
  const choose = (field: string | null) => {
    setChoosing(field)
    if (field) return
    requestAnimationFrame(() => {
      // The button has made way for the chip.
      if (document.activeElement === document.body) {
        const made = box.current?.querySelectorAll<HTMLElement>('[data-chip]')
        ;(made?.[made.length - 1] ?? adder())?.focus()
      }
    })
  }
  const chipAt = (chip: Chip, index: number) =>
    chip.kind === 'custom' ? (
      <CustomChip
        text={writeChips({ join: 'and', chips: [chip] })}
        onOpen={onWrite}
        onRemove={() => remove(index)}
        onKeyDown={(event) => onKeyDown(event, index)}
      />
    ) : (
      <FilterChip
        chip={chip}
        all={all}
        index={index}
        words={words}
        choicesOf={choicesOf}
        onChange={set}
        onRemove={() => remove(index)}
        onKeyDown={(event) => onKeyDown(event, index)}
      />
    )

  return (
    <div ref={box} className="contents">
      {fault && <CustomChip broken text={filter} onOpen={onWrite} onRemove={() => onChange('')} />}
      {chips.map((chip, index) => (
        <Fragment key={index}>
          {index > 0 && join === 'or' && (
            <span className="text-xs text-ink-2">{t('filter.or')}</span>
          )}
          {chipAt(chip, index)}
        </Fragment>
      ))}
      {chips.length > 1 && (
        <Button
          variant="ghost"
          title={t('filter.joinHint')}
          className="px-2 text-xs text-ink-2"
          onClick={() => set({ join: join === 'and' ? 'or' : 'and', chips })}
        >
          {t(join === 'and' ? 'filter.matchAll' : 'filter.matchAny')}
        </Button>
      )}
      {!fault && (
        <>
          {suggested
            .filter((field) => chips.length === 0 || field === choosing)
            .map((field) => (
              <AddFilter
                key={field}
                field={field}
                all={all}
                words={words}
                choicesOf={choicesOf}
                onChange={set}
                onOpen={(open) => choose(open ? field : null)}
                trigger={
                  <Button icon={<Plus />} className="text-ink-2 max-sm:hidden">
                    {words.field(field)}
                  </Button>
                }
              />
            ))}
          <AddFilter
            all={all}
            words={words}
            choicesOf={choicesOf}
            onChange={set}
            trigger={
              <Button data-add icon={<ListFilter />} title={t('filter.addHint')}>
                {t('filter.add')}
              </Button>
            }
          />
        </>
      )}
      <IconButton label={t('filter.write')} onClick={onWrite}>
        <Braces />
      </IconButton>
    </div>
  )
}
