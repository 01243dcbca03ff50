import { Plus, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Join, Test } from '@/components/filter-builder/chips'
import type { ChoicesOf } from '@/components/filter-builder/choices'
import { modeOf, testOf } from '@/components/filter-builder/modes'
import { type Draft, TestRow } from '@/components/filter-builder/test-row'
import type { FilterWords } from '@/components/filter-builder/use-words'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'

interface GroupEditorProps {
  join: Join
  not: boolean
  tests: readonly Test[]
  /** A row to begin with, when there is no test yet. */
  draft?: Draft
  /** How the chip stands to its neighbours; a group that is not negated joins the other way. */
  fixedJoin: Join
  words: FilterWords
  choicesOf: ChoicesOf
  /** Called with what is complete; null while nothing is. */
  onChange: (group: { join: Join; not: boolean; tests: Test[] } | null) => void
  onDone: () => void
  onRemove: () => void
}

type Row = Draft & { key: number }

/** Edits the conditions of one chip; what is complete holds at once. */
export function GroupEditor(props: GroupEditorProps) {
  const { words, choicesOf, onChange, onDone, onRemove } = props
  const { t } = useTranslation()
  const [not, setNot] = useState(props.not)
  const [rows, setRows] = useState<Row[]>(() =>
    props.draft
      ? [{ ...props.draft, key: 0 }]
      : props.tests.map((test, key) => ({
          field: test.field,
          mode: modeOf(test),
          values: test.values,
          key,
        })),
  )
  const { join } = props
  // A field was chosen: its value is asked for next.
  const form = useRef<HTMLFormElement>(null)
  const asked = !!props.draft
  useEffect(() => {
    if (!asked) return
    const value = form.current?.querySelector('[data-autofocus]')
    value?.querySelector<HTMLElement>('input, button')?.focus()
  }, [asked])
  const tell = (next: Row[], negated = not) => {
    const tests = next
      .map((row) => testOf(row.field, row.mode, row.values))
      .filter((each) => each !== null)
    onChange(tests.length > 0 ? { join, not: negated, tests } : null)
  }
  const set = (next: Row[]) => {
    setRows(next)
    tell(next)
  }
  const more = () => {
    const last = rows.at(-1)!
    // Not told: the new row says nothing yet.
    setRows([...rows, { ...last, values: [], key: last.key + 1 }])
  }
  return (
    <form
      ref={form}
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        onDone()
      }}
    >
      {rows.map((row, index) => (
        <div key={row.key} className="flex flex-col gap-1.5">
          {index > 0 && <span className="text-xs text-ink-2">{t(`filter.${join}`)}</span>}
          <TestRow
            draft={row}
            words={words}
            choicesOf={choicesOf}
            onChange={(draft) =>
              set(rows.map((each) => (each.key === row.key ? { ...draft, key: row.key } : each)))
            }
            onRemove={
              rows.length > 1 ? () => set(rows.filter((each) => each.key !== row.key)) : undefined
            }
          />
        </div>
      ))}
      {(rows.length > 1 || not) && (
        <Checkbox
          showLabel
          label={t('filter.negate')}
          checked={not}
          onCheckedChange={(on) => {
            setNot(on)
            tell(rows, on)
          }}
        />
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button variant="ghost" icon={<Plus />} onClick={more}>
          {t(join === 'or' ? 'filter.addOr' : 'filter.addAnd')}
        </Button>
        <Button variant="ghost" icon={<Trash2 />} className="ms-auto" onClick={onRemove}>
          {t('filter.removeShort')}
        </Button>
        <Button type="submit" variant="primary">
          {t('filter.done')}
        </Button>
      </div>
    </form>
  )
}
