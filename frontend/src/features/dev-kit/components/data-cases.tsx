import { useState } from 'react'

import { BarList } from '@/components/charts/bar-list'
import { LineChart } from '@/components/charts/line-chart'
import { StackedBar } from '@/components/charts/stacked-bar'
import { TextDiff } from '@/components/diff/text-diff'
import { YamlEditor } from '@/components/editor/yaml-editor'
import { Form, SubmitButton } from '@/components/form/form'
import { MultiComboboxField, SelectField, SwitchField } from '@/components/form/choice-fields'
import { NumberField } from '@/components/form/number-field'
import { PasswordField } from '@/components/form/password-field'
import { TextField } from '@/components/form/text-field'
import { useProblemForm } from '@/components/form/use-problem-form'
import { Case } from '@/features/dev-kit/components/case'
import { FRUIT, LONG, PROBLEM } from '@/features/dev-kit/samples'

const YAML = 'name: Harbor Stock\nsender_name: Alex\n# a remark\nsize:\n  min: 10\n  oops: 3\n'
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']

export function FormCase() {
  const form = useProblemForm({
    defaultValues: { name: '', limit: 80, scope: '', tags: ['f0'], secret: '', on: true },
    alias: { limit_micros: 'limit' },
    onSubmit: async () => {
      await new Promise((done) => setTimeout(done, 600))
      throw Object.assign(new Error(PROBLEM.message), {
        ...PROBLEM,
        fields: [...PROBLEM.fields, { name: 'unseen', message: 'No field shows this.' }],
      })
    },
  })
  return (
    <Case name="Form: send it to see the server's faults in place">
      <Form form={form} className="w-full">
        <TextField name="name" label="Name" hint={LONG} optional />
        <NumberField name="limit" label="Limit" unit="USD" />
        <SelectField name="scope" label="For" options={FRUIT} placeholder="Choose" />
        <MultiComboboxField name="tags" label="Tags" options={FRUIT} free />
        <PasswordField name="secret" label="Key" autoComplete="off" />
        <SwitchField name="on" label="Stop at the limit" />
        <SubmitButton className="self-start">Save</SubmitButton>
      </Form>
    </Case>
  )
}

export function DataCases() {
  const [yaml, setYaml] = useState(YAML)
  const bars = FRUIT.map((each, i) => ({ id: each.value, label: each.label, value: 120 - i * 17 }))
  return (
    <>
      <Case name="Bars">
        <BarList className="w-full" label="Sources" unit="Leads" bars={bars} />
      </Case>
      <Case name="Stacked bar; nothing">
        <StackedBar
          className="w-full"
          label="Grades"
          unit="Leads"
          parts={[
            { id: 'a', label: 'A+', value: 48, fill: 'bg-grade-aplus' },
            { id: 'b', label: 'B', value: 130, fill: 'bg-grade-b' },
            { id: 'd', label: 'D', value: 50, fill: 'bg-grade-d' },
          ]}
        />
        <BarList label="Nothing" unit="Leads" bars={[]} />
      </Case>
      <Case name="Lines">
        <LineChart
          className="w-full"
          label="Leads by day"
          ticks={DAYS}
          tickLabel="Day"
          lines={[
            { id: 'f', label: 'Found', values: [12, 40, 22, 0, 31] },
            {
              id: 'q',
              label: 'Qualified',
              values: [3, 12, 9, 0, 8],
              tone: 'text-good',
              dashed: true,
            },
          ]}
        />
      </Case>
      <Case name="YAML editor with a fault">
        <YamlEditor
          className="h-56 w-full"
          label="Company"
          value={yaml}
          onChange={setYaml}
          faults={[{ line: 6, column: 3, message: 'Unknown key "oops".' }]}
        />
      </Case>
      <Case name="Diff">
        <TextDiff
          label="Profile"
          before={YAML}
          after={yaml === YAML ? YAML.replace('Alex', 'Sam') : yaml}
        />
      </Case>
    </>
  )
}
