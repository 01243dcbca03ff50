import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { useOnce } from '@/hooks/use-once'

function Act({ act }: { act: () => Promise<void> }) {
  const once = useOnce()
  return <button onClick={once(act)}>Act</button>
}

describe('useOnce', () => {
  it('has one effect for a double click, and one more once that has ended', async () => {
    let end = () => {}
    const act = vi.fn(() => new Promise<void>((done) => (end = done)))
    render(<Act act={act} />)
    await userEvent.dblClick(screen.getByRole('button'))
    expect(act).toHaveBeenCalledTimes(1)
    end()
    await Promise.resolve()
    await userEvent.click(screen.getByRole('button'))
    expect(act).toHaveBeenCalledTimes(2)
  })
})
