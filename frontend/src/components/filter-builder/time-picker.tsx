import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { DateInput } from '@/components/ui/date'
import { Select } from '@/components/ui/select'
import { toDay } from '@/utils/date-range'

interface TimePickerProps {
  /** In the grammar: -14d, today, 2026-11-25 or an exact time. */
  value: string
  onChange: (value: string) => void
}

const UNITS = ['h', 'd', 'w', 'm', 'y'] as const
type Unit = (typeof UNITS)[number]
type Way = 'ago' | 'ahead' | 'day' | 'today' | 'yesterday' | 'now'
const WAYS: readonly Way[] = ['ago', 'today', 'yesterday', 'now', 'ahead', 'day']
const RELATIVE = /^([+-])(\d{1,5})([hdwmy])$/i

function wayOf(value: string): Way {
  const sign = RELATIVE.exec(value)?.[1]
  if (sign) return sign === '-' ? 'ago' : 'ahead'
  const word = WAYS.find((each) => each === value.toLowerCase())
  return word ?? (value === '' ? 'ago' : 'day')
}

/** A day, or a time that moves with today. */
export function TimePicker({ value, onChange }: TimePickerProps) {
  const { t } = useTranslation()
  const way = wayOf(value)
  const found = RELATIVE.exec(value)
  const unit = (found?.[3]?.toLowerCase() ?? 'd') as Unit
  const sign = way === 'ahead' ? '+' : '-'
  const [count, setCount] = useState(found?.[2] ?? '')
  const tell = (nextCount: string, nextUnit: Unit, nextSign: string) => {
    setCount(nextCount)
    onChange(/^\d{1,5}$/.test(nextCount) ? nextSign + nextCount + nextUnit : '')
  }
  const pickWay = (next: Way) => {
    if (next === 'ago' || next === 'ahead') tell(count || '7', unit, next === 'ago' ? '-' : '+')
    else onChange(next === 'day' ? toDay(new Date()) : next)
  }
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {(way === 'ago' || way === 'ahead') && (
        <>
          <input
            autoFocus
            inputMode="numeric"
            aria-label={t('filter.howMany')}
            placeholder="7"
            value={count}
            onChange={(event) => tell(event.target.value.trim(), unit, sign)}
            className="control num w-14"
          />
          <Select
            aria-label={t('filter.unitName')}
            className="w-24"
            value={unit}
            onChange={(next) => tell(count, next, sign)}
            options={UNITS.map((each) => ({ value: each, label: t(`filter.unit.${each}`) }))}
          />
        </>
      )}
      <Select
        aria-label={t('filter.when')}
        className="w-28"
        value={way}
        onChange={pickWay}
        options={WAYS.map((each) => ({ value: each, label: t(`filter.way.${each}`) }))}
      />
      {way === 'day' && (
        <DateInput
          aria-label={t('filter.day')}
          value={value.slice(0, 10)}
          onChange={(day) => day && onChange(day)}
          className="w-36"
        />
      )}
    </div>
  )
}
