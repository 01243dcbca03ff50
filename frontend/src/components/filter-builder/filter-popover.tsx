import { type ReactElement, useState } from 'react'

import type { Chip, Chips, Join, Test } from '@/components/filter-builder/chips'
import type { ChoicesOf } from '@/components/filter-builder/choices'
import { FieldList } from '@/components/filter-builder/field-list'
import { GroupEditor } from '@/components/filter-builder/group-editor'
import { modesFor } from '@/components/filter-builder/modes'
import type { Draft } from '@/components/filter-builder/test-row'
import type { FilterWords } from '@/components/filter-builder/use-words'
import { Popover } from '@/components/ui/popover'

interface ShellProps {
  trigger: ReactElement
  label: string
  defaultOpen: boolean
  all: Chips
  words: FilterWords
  choicesOf: ChoicesOf
  onChange: (chips: Chips) => void
}

const WIDE = 'w-[36rem]'

/**
 * Puts a group in place of the chip. The chips are those from when it was
 * opened: a row of one group reads as the group's own parts while it is edited.
 */
function replaced(all: Chips, index: number, group: Group | null): Chips {
  const chips = [...all.chips]
  chips.splice(index, 1, ...(group ? [chipOf(group)] : []))
  return { join: all.join, chips }
}

interface Group {
  join: Join
  not: boolean
  tests: Test[]
}

function chipOf({ join, not, tests }: Group): Chip {
  const [only] = tests
  if (!only || tests.length > 1) return { kind: 'group', join, not, tests }
  return { kind: 'test', test: not ? { ...only, not: !only.not } : only }
}

const other = (join: Join): Join => (join === 'and' ? 'or' : 'and')

/** A chip with its editor beside it. */
export function ChipPopover(props: ShellProps & { index: number; onRemove: () => void }) {
  const [opened, setOpened] = useState<Chips | null>(props.defaultOpen ? props.all : null)
  const chip = opened?.chips[props.index]
  const close = () => setOpened(null)
  return (
    <Popover
      trigger={props.trigger}
      label={props.label}
      open={!!chip}
      onOpenChange={(open) => setOpened(open ? props.all : null)}
      className={WIDE}
    >
      {opened && chip && chip.kind !== 'custom' && (
        <GroupEditor
          join={chip.kind === 'group' ? chip.join : other(opened.join)}
          not={chip.kind === 'group' && chip.not}
          tests={chip.kind === 'group' ? chip.tests : [chip.test]}
          fixedJoin={opened.join}
          words={props.words}
          choicesOf={props.choicesOf}
          onChange={(group) => props.onChange(replaced(opened, props.index, group))}
          onDone={close}
          onRemove={() => {
            close()
            props.onRemove()
          }}
        />
      )}
    </Popover>
  )
}

/** A button that adds a chip. */
export function AddPopover(
  props: ShellProps & { field?: string; onOpen?: (open: boolean) => void },
) {
  const [opened, setOpened] = useState<Chips | null>(props.defaultOpen ? props.all : null)
  const [chosen, setChosen] = useState<string | null>(null)
  const field = props.field ?? chosen
  const change = (open: boolean) => {
    setOpened(open ? props.all : null)
    if (!open) setChosen(null)
    props.onOpen?.(open)
  }
  const draft: Draft | null = field ? { field, mode: modesFor(field)[0]!, values: [] } : null
  return (
    <Popover
      trigger={props.trigger}
      label={props.label}
      open={!!opened}
      onOpenChange={change}
      className={draft ? WIDE : 'w-64 p-1'}
    >
      {opened && !draft && <FieldList words={props.words} onPick={setChosen} />}
      {opened && draft && (
        <GroupEditor
          join={other(opened.join)}
          not={false}
          tests={[]}
          draft={draft}
          fixedJoin={opened.join}
          words={props.words}
          choicesOf={props.choicesOf}
          onChange={(group) => props.onChange(replaced(opened, opened.chips.length, group))}
          onDone={() => change(false)}
          onRemove={() => {
            props.onChange(opened)
            change(false)
          }}
        />
      )}
    </Popover>
  )
}
