import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { ListNewsPill } from '@/features/leads/components/list-news'
import { renderApp } from '@/testing/render'

describe('the news above a list', () => {
  it('says nothing where nothing has come', () => {
    renderApp(<ListNewsPill fresh={0} onShow={() => Promise.resolve()} />)
    expect(screen.queryByRole('button')).toBeNull()
  })

  it.each([
    [1, '1 new lead'],
    [1200, '1,200 new leads'],
  ])('counts %i', (fresh, words) => {
    renderApp(<ListNewsPill fresh={fresh} onShow={() => Promise.resolve()} />)
    expect(screen.getByText(words)).toBeInTheDocument()
  })

  it('shows them once, however often it is pressed meanwhile', async () => {
    let done = () => {}
    const show = vi.fn(() => new Promise<void>((next) => (done = next)))
    renderApp(<ListNewsPill fresh={2} onShow={show} />)
    const button = screen.getByRole('button', { name: /2 new leads/ })
    await userEvent.dblClick(button)
    expect(show).toHaveBeenCalledTimes(1)
    expect(button).toBeDisabled()
    done()
    await vi.waitFor(() => expect(button).toBeEnabled())
  })
})
