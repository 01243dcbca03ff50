import { X } from 'lucide-react'
import { Fragment, type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Chip, Chips, Test } from '@/components/filter-builder/chips'
import type { ChoicesOf } from '@/components/filter-builder/choices'
import type { FilterWords } from '@/components/filter-builder/use-words'
import { LateTrigger } from '@/components/ui/late-trigger'
import { late, useLately } from '@/hooks/use-lately'
import { cn } from '@/utils/cn'

const editor = late(() => import('@/components/filter-builder/filter-popover'))

const FRAME =
  'inline-flex h-8 max-w-full min-w-0 items-stretch rounded-md border pointer-coarse:h-11'
const MAIN = 'flex min-w-0 items-center gap-1.5 rounded-s-[5px] ps-2.5 pe-1 text-sm hover:bg-hover'

interface FilterChipProps {
  chip: Exclude<Chip, { kind: 'custom' }>
  all: Chips
  index: number
  words: FilterWords
  choicesOf: ChoicesOf
  onChange: (chips: Chips) => void
  onRemove: () => void
  onKeyDown: (event: KeyboardEvent) => void
}

/** A condition, or a group of them; a press opens it for editing. */
export function FilterChip(props: FilterChipProps) {
  const { chip, all, index, words, choicesOf, onChange, onRemove, onKeyDown } = props
  const { t } = useTranslation()
  const [code, want] = useLately(editor)
  const [asked, setAsked] = useState(false)
  const tests = chip.kind === 'test' ? [chip.test] : chip.tests
  const join =
    (chip.kind === 'test' ? all.join : chip.join) === 'or' ? t('filter.or') : t('filter.and')
  const name = tests
    .map((each) => Object.values(words.test(each)).join(' ').trim())
    .join(` ${join} `)
  const trigger = (
    <button type="button" data-chip title={name} onKeyDown={onKeyDown} className={MAIN}>
      <span className="sr-only">{t('filter.editIt')} </span>
      {chip.kind === 'group' && chip.not && <span className="text-ink-2">{t('filter.not')} </span>}
      <span className="flex min-w-0 items-center gap-1.5 truncate">
        {tests.map((each, at) => (
          <Fragment key={at}>
            {at > 0 && <span className="text-xs text-ink-2">{join}</span>}
            <TestText test={each} words={words} />
          </Fragment>
        ))}
      </span>
    </button>
  )
  return (
    <span className={cn(FRAME, 'border-accent/50 bg-selected')}>
      {code ? (
        <code.ChipPopover
          trigger={trigger}
          label={t('filter.edit')}
          all={all}
          index={index}
          words={words}
          choicesOf={choicesOf}
          defaultOpen={asked}
          onChange={onChange}
          onRemove={onRemove}
        />
      ) : (
        <LateTrigger trigger={trigger} popup="dialog" want={want} onAsked={() => setAsked(true)} />
      )}
      <RemoveButton name={name} onRemove={onRemove} />
    </span>
  )
}

function TestText({ test, words }: { test: Test; words: FilterWords }) {
  const { field, mode, values } = words.test(test)
  return (
    <>
      <bdi className="max-w-40 shrink-0 truncate text-ink-2">{field}</bdi>{' '}
      <span className="shrink-0 text-ink-2">{mode}</span>{' '}
      {values && <bdi className="max-w-56 truncate font-medium">{values}</bdi>}
    </>
  )
}

interface CustomChipProps {
  text: string
  /** It cannot be read; the list says why. */
  broken?: boolean
  onOpen: () => void
  onRemove: () => void
  onKeyDown?: (event: KeyboardEvent) => void
}

/** What no other chip can say; it opens as text. */
export function CustomChip({ text, broken, onOpen, onRemove, onKeyDown }: CustomChipProps) {
  const { t } = useTranslation()
  return (
    <span className={cn(FRAME, broken ? 'border-bad bg-bad-soft' : 'border-accent/50 bg-selected')}>
      <button
        type="button"
        data-chip
        dir="ltr"
        title={text}
        onClick={onOpen}
        onKeyDown={onKeyDown}
        className={cn(MAIN, 'block max-w-96 truncate font-mono text-xs')}
      >
        <span className="sr-only">{t('filter.editIt')} </span>
        {text}
      </button>
      <RemoveButton name={text} onRemove={onRemove} />
    </span>
  )
}

function RemoveButton({ name, onRemove }: { name: string; onRemove: () => void }) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      aria-label={t('filter.removeNamed', { name })}
      onClick={onRemove}
      className="flex w-6 shrink-0 items-center justify-center rounded-e-[5px] text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:w-11"
    >
      <X aria-hidden className="size-3.5" />
    </button>
  )
}
