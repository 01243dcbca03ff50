import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'

import { TabPanel, Tabs } from '@/components/ui/tabs'

const NAMES = ['one', 'two', 'three']

function Example() {
  const [tab, setTab] = useState('one')
  return (
    <Tabs
      label="Parts"
      value={tab}
      onChange={setTab}
      tabs={NAMES.map((value) => ({ value, label: value }))}
    >
      {NAMES.map((name) => (
        <TabPanel key={name} value={name}>
          the panel of {name}
        </TabPanel>
      ))}
    </Tabs>
  )
}

describe('Tabs', () => {
  it('are one stop, chosen by arrows, round the ends', async () => {
    const user = userEvent.setup()
    render(<Example />)
    await user.tab()
    expect(screen.getByRole('tab', { name: 'one' })).toHaveFocus()
    for (const [key, name] of [
      ['{ArrowRight}', 'two'],
      ['{End}', 'three'],
      ['{ArrowRight}', 'one'],
      ['{ArrowLeft}', 'three'],
      ['{Home}', 'one'],
    ] as const) {
      await user.keyboard(key)
      const tab = screen.getByRole('tab', { name })
      expect(tab).toHaveFocus()
      expect(tab).toHaveAttribute('aria-selected', 'true')
      expect(screen.getByRole('tabpanel', { name })).toHaveTextContent(`the panel of ${name}`)
    }
    await user.tab()
    expect(screen.getByRole('tabpanel')).toHaveFocus()
  })

  it('turn round from right to left', async () => {
    const user = userEvent.setup()
    render(
      <div style={{ direction: 'rtl' }}>
        <Example />
      </div>,
    )
    await user.tab()
    await user.keyboard('{ArrowLeft}')
    expect(screen.getByRole('tab', { name: 'two' })).toHaveFocus()
  })

  it('show the panel of the pressed one only', async () => {
    const user = userEvent.setup()
    render(<Example />)
    expect(screen.getByRole('tabpanel')).toHaveTextContent('the panel of one')
    await user.click(screen.getByRole('tab', { name: 'two' }))
    expect(screen.getByRole('tabpanel')).toHaveTextContent('the panel of two')
  })
})
