import { Copy, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { Case } from '@/features/dev-kit/components/case'
import { ARABIC, FRUIT, LONG } from '@/features/dev-kit/samples'
import { Button, ButtonLink, IconButton } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Combobox } from '@/components/ui/combobox'
import { DateInput, DateRangeInput } from '@/components/ui/date'
import { InlineEdit } from '@/components/ui/inline-edit'
import { MultiCombobox } from '@/components/ui/multi-combobox'
import { NumberInput } from '@/components/ui/number-field'
import { Segmented } from '@/components/ui/segmented'
import { Select } from '@/components/ui/select'
import { Switch } from '@/components/ui/switch'

export function ButtonCases() {
  return (
    <>
      <Case name="Button: four kinds, two sizes">
        <Button variant="primary">Primary</Button>
        <Button>Default</Button>
        <Button variant="ghost">Ghost</Button>
        <Button variant="danger" icon={<Trash2 />}>
          Delete
        </Button>
        <Button size="sm" icon={<Plus />}>
          Small
        </Button>
        <ButtonLink to="/dev/kit">Link</ButtonLink>
        <IconButton label="Copy">
          <Copy />
        </IconButton>
      </Case>
      <Case name="Button: disabled, pending, long">
        <Button disabled>Disabled</Button>
        <Button variant="primary" busy>
          Saving
        </Button>
        <IconButton label="Copy" disabled>
          <Copy />
        </IconButton>
        <Button className="max-w-full">{LONG}</Button>
      </Case>
    </>
  )
}

export function ChoiceCases() {
  const [one, setOne] = useState<string>('f0')
  const [found, setFound] = useState<string | null>('f5')
  const [many, setMany] = useState(['f0', 'f5', 'f6'])
  const [on, setOn] = useState(true)
  const [view, setView] = useState<'table' | 'cards'>('table')
  return (
    <>
      <Case name="Select: chosen, empty, error, disabled">
        <Select aria-label="Fruit" value={one} onChange={setOne} options={FRUIT} />
        <Select
          aria-label="Empty"
          value=""
          onChange={setOne}
          options={FRUIT}
          placeholder="Choose"
        />
        <Select aria-label="Wrong" aria-invalid value={one} onChange={setOne} options={FRUIT} />
        <Select aria-label="Off" disabled value={one} onChange={setOne} options={FRUIT} />
      </Case>
      <Case name="Combobox: one, clearable; empty list; disabled">
        <Combobox
          label="Fruit"
          aria-label="Fruit"
          value={found}
          onChange={setFound}
          options={FRUIT}
          clearable
        />
        <Combobox label="None" aria-label="None" value={null} onChange={setFound} options={[]} />
        <Combobox
          label="Off"
          aria-label="Off"
          disabled
          value="f1"
          onChange={setFound}
          options={FRUIT}
        />
      </Case>
      <Case name="Combobox: several, with new ones">
        <MultiCombobox
          label="Fruit"
          aria-label="Fruit"
          value={many}
          onChange={setMany}
          options={FRUIT}
          onCreate={(text) => setMany([...many, text])}
        />
      </Case>
      <Case name="Checkbox, switch, segmented">
        <Checkbox checked={on} onCheckedChange={setOn} label="Remember me" showLabel />
        <Checkbox checked="indeterminate" onCheckedChange={setOn} label="Some" showLabel />
        <Checkbox checked disabled onCheckedChange={setOn} label={LONG} showLabel />
        <Switch checked={on} onCheckedChange={setOn} label="On" />
        <Switch checked={false} disabled onCheckedChange={setOn} label="Off" />
        <Segmented
          label="View"
          value={view}
          onChange={setView}
          options={[
            { value: 'table', label: 'Table' },
            { value: 'cards', label: 'Cards' },
          ]}
        />
      </Case>
    </>
  )
}

export function ValueCases() {
  const [number, setNumber] = useState<number | null>(12.5)
  const [day, setDay] = useState('2025-03-03')
  const [range, setRange] = useState({ from: '', to: '' })
  const [text, setText] = useState('Dana Whitlock')
  return (
    <>
      <Case name="Number: unit, steps, disabled">
        <NumberInput aria-label="Price" value={number} onChange={setNumber} unit="USD" steppers />
        <NumberInput aria-label="Off" value={3} onChange={setNumber} disabled />
      </Case>
      <Case name="Dates">
        <DateInput aria-label="Day" value={day} onChange={setDay} />
        <DateRangeInput label="Created" value={range} onChange={setRange} />
      </Case>
      <Case name="Inline edit: text, empty, refused, long, right to left">
        <InlineEdit label="Name" value={text} onSave={(next) => Promise.resolve(setText(next))} />
        <InlineEdit
          label="Phone"
          value=""
          placeholder="Add a phone"
          onSave={() => Promise.resolve()}
        />
        <InlineEdit
          label="Refused"
          value="Cannot be saved"
          onSave={() => Promise.reject(new Error('Somebody else changed it.'))}
        />
        <InlineEdit label="Long" value={LONG} multiline onSave={() => Promise.resolve()} />
        <div dir="rtl" className="w-full">
          <InlineEdit label="Arabic" value={ARABIC} onSave={() => Promise.resolve()} />
        </div>
      </Case>
    </>
  )
}
