import { CalendarDays } from 'lucide-react'
import { type ComponentProps, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import { cn } from '@/utils/cn'
import { type DateRange, isBackwards, PRESETS, presetRange } from '@/utils/date-range'
import { formatDay } from '@/utils/format'

interface DateInputProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type'> {
  /** A day as YYYY-MM-DD, or '' for none. */
  value: string
  onChange: (day: string) => void
}

/** A day. The browser's own field: it knows the locale, the keyboard and the phone's calendar. */
export function DateInput({ value, onChange, className, ...rest }: DateInputProps) {
  return (
    <input
      {...rest}
      type="date"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={cn('control num', className)}
    />
  )
}

interface DateRangeInputProps {
  value: DateRange
  onChange: (range: DateRange) => void
  label: string
  disabled?: boolean
  className?: string
}

/** From one day to another, or one of the usual stretches of time. */
export function DateRangeInput({
  value,
  onChange,
  label,
  disabled,
  className,
}: DateRangeInputProps) {
  const { t } = useTranslation()
  const id = useId()
  const [open, setOpen] = useState(false)
  const set = (range: DateRange) => {
    onChange(range)
    setOpen(false)
  }
  const backwards = isBackwards(value)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={label}
      className="w-72"
      trigger={
        <Button icon={<CalendarDays />} disabled={disabled} className={className}>
          <span className="sr-only">{label}: </span>
          <RangeText range={value} />
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap gap-1.5">
          {PRESETS.map((preset) => (
            <Button key={preset} size="sm" onClick={() => set(presetRange(preset, new Date()))}>
              {t(`ui.${preset}`)}
            </Button>
          ))}
        </div>
        <div className="grid grid-cols-2 gap-2">
          {(['from', 'to'] as const).map((end) => (
            <label key={end} className="flex min-w-0 flex-col gap-1 text-xs text-ink-2">
              {t(`ui.${end}`)}
              <DateInput
                value={value[end]}
                aria-invalid={backwards || undefined}
                aria-describedby={backwards ? id : undefined}
                onChange={(day) => onChange({ ...value, [end]: day })}
              />
            </label>
          ))}
        </div>
        {backwards && (
          <p id={id} role="alert" className="text-xs text-bad">
            {t('ui.rangeOrder')}
          </p>
        )}
        {(value.from || value.to) && (
          <Button size="sm" variant="ghost" onClick={() => set({ from: '', to: '' })}>
            {t('ui.anyDate')}
          </Button>
        )}
      </div>
    </Popover>
  )
}

function RangeText({ range: { from, to } }: { range: DateRange }) {
  const { t } = useTranslation()
  if (from && to) return t('ui.range', { from: formatDay(from), to: formatDay(to) })
  if (from) return t('ui.since', { date: formatDay(from) })
  if (to) return t('ui.until', { date: formatDay(to) })
  return t('ui.anyDate')
}
