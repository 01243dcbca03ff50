import { fireEvent, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'

import { FilterChips } from '@/components/filter-builder/filter-chips'
import { renderApp } from '@/testing/render'

// Read once, so that no test waits for the code of the editor.
beforeAll(async () => {
  await import('@/components/filter-builder/filter-popover')
}, 60_000)

function Builder({ start, onWrite }: { start: string; onWrite: () => void }) {
  const [filter, setFilter] = useState(start)
  return (
    <>
      <FilterChips
        filter={filter}
        onChange={setFilter}
        choicesOf={() => null}
        customFields={() => ['Fleet size']}
        suggested={['grade', 'status']}
        onWrite={onWrite}
      />
      <output>{filter}</output>
    </>
  )
}

function show(start: string) {
  const onWrite = vi.fn()
  renderApp(<Builder start={start} onWrite={onWrite} />)
  return onWrite
}

const filter = () => document.querySelector('output')!.textContent
const chip = (name: RegExp) => screen.getByTitle(name)
// The test browser has no top layer, and takes what is in it for hidden.
const inLayer = { hidden: true }
/** The editor's code comes when the pointer is near. */
const press = async (find: () => HTMLElement) => {
  await userEvent.hover(find())
  await userEvent.click(find())
}

describe('a row of chips', () => {
  it('lets several values be chosen of a suggested field', async () => {
    show('')
    await press(() => screen.getByRole('button', { name: 'Grade' }))
    await userEvent.click(await screen.findByRole('checkbox', { name: 'B', ...inLayer }))
    await waitFor(() => expect(filter()).toBe('grade = B'))
    await userEvent.click(screen.getByRole('checkbox', { name: 'A+', ...inLayer }))
    await waitFor(() => expect(filter()).toBe('grade in (A+,B)'))
    await userEvent.click(screen.getByRole('button', { name: 'Done', ...inLayer }))
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Grade' })).toBeNull())
  })

  it('is walked and emptied by keyboard', async () => {
    show('grade = A and score > 50 and email empty')
    chip(/Grade is A/).focus()
    await userEvent.keyboard('{ArrowRight}')
    expect(chip(/Score more than 50/)).toHaveFocus()
    await userEvent.keyboard('{Backspace}')
    expect(filter()).toBe('grade = A and email empty')
    await waitFor(() => expect(chip(/Grade is A/)).toHaveFocus())
  })

  it('switches between all and any', async () => {
    show('grade = A and score > 50')
    await userEvent.click(screen.getByRole('button', { name: 'Match all' }))
    expect(filter()).toBe('grade = A or score > 50')
  })

  it('offers the own fields of the workspace', async () => {
    show('')
    await press(() => screen.getByRole('button', { name: 'Filter' }))
    await userEvent.click(await screen.findByRole('option', { name: /Fleet size/, ...inLayer }))
    fireEvent.change(await screen.findByLabelText('Value'), { target: { value: '12' } })
    await waitFor(() => expect(filter()).toMatch(/^custom\."Fleet size" \S+ 12$/))
  })

  it('edits a chip in place, and turns it into a group', async () => {
    show('score > 50 and grade = A')
    await press(() => chip(/Score/))
    const value = await screen.findByLabelText('Value')
    fireEvent.change(value, { target: { value: '70' } })
    await waitFor(() => expect(filter()).toBe('score > 70 and grade = A'))
    await userEvent.click(screen.getByRole('button', { name: 'Or …', ...inLayer }))
    fireEvent.change(screen.getAllByLabelText('Value')[1]!, { target: { value: '5' } })
    await waitFor(() => expect(filter()).toBe('(score > 70 or score > 5) and grade = A'))
    await userEvent.click(screen.getByRole('checkbox', { name: /not true/, ...inLayer }))
    await waitFor(() => expect(filter()).toBe('not (score > 70 or score > 5) and grade = A'))
  })

  it.each(['grade = A and (score > 1 or (name = x and title = y))', 'gade = A'])(
    'opens as text what no chip can say: %s',
    async (text) => {
      const onWrite = show(text)
      await userEvent.click(screen.getByRole('button', { name: /Edit the filter.*(score|gade)/ }))
      expect(onWrite).toHaveBeenCalledOnce()
    },
  )
})
