import { useState } from 'react'

import { Segmented } from '@/components/ui/segmented'
import { Section } from '@/features/dev-kit/components/case'
import { ButtonCases, ChoiceCases, ValueCases } from '@/features/dev-kit/components/control-cases'
import { DataCases, FormCase } from '@/features/dev-kit/components/data-cases'
import { FeedbackCases, LayerCases } from '@/features/dev-kit/components/feedback-cases'
import { useDensity } from '@/hooks/use-density'
import { useTheme } from '@/hooks/use-theme'

const SECTIONS = [
  { id: 'buttons', title: 'Buttons', Cases: ButtonCases },
  { id: 'choices', title: 'Choices', Cases: ChoiceCases },
  { id: 'values', title: 'Values', Cases: ValueCases },
  { id: 'form', title: 'Form', Cases: FormCase },
  { id: 'layers', title: 'Layers', Cases: LayerCases },
  { id: 'feedback', title: 'Feedback', Cases: FeedbackCases },
  { id: 'data', title: 'Data', Cases: DataCases },
]

/** Every component in every state, for developing; its words are in no catalogue. */
export function Component() {
  const [theme, setTheme] = useTheme()
  const [density, setDensity] = useDensity()
  const [dir, setDir] = useState(document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr')
  return (
    <main data-kit="winnow-dev-kit" className="h-full overflow-y-auto p-4 sm:p-6">
      <h1 className="text-xl font-semibold">Kit</h1>
      <div className="my-4 flex flex-wrap items-center gap-3">
        <nav aria-label="Sections" className="flex flex-wrap gap-3">
          {SECTIONS.map(({ id, title }) => (
            <a key={id} href={`#${id}`} className="text-accent-text underline">
              {title}
            </a>
          ))}
        </nav>
        <Segmented
          label="Theme"
          value={theme}
          onChange={setTheme}
          options={[
            { value: 'system', label: 'System' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
        />
        <Segmented
          label="Density"
          value={density}
          onChange={setDensity}
          options={[
            { value: 'comfortable', label: 'Comfortable' },
            { value: 'compact', label: 'Compact' },
          ]}
        />
        <Segmented
          label="Direction"
          value={dir}
          onChange={(next) => {
            document.documentElement.dir = next
            setDir(next)
          }}
          options={[
            { value: 'ltr', label: 'Left to right' },
            { value: 'rtl', label: 'Right to left' },
          ]}
        />
      </div>
      <div className="flex flex-col gap-10">
        {SECTIONS.map(({ id, title, Cases }) => (
          <Section key={id} id={id} title={title}>
            <Cases />
          </Section>
        ))}
      </div>
    </main>
  )
}
