import { act, screen } from '@testing-library/react'

import { ConnectionDot } from '@/app/shell/connection-dot'
import { StatusBar } from '@/app/status-bar'
import { renderApp } from '@/testing/render'

describe('the word of the connection', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('keeps quiet while all is well, and of a short break', () => {
    renderApp(<StatusBar socket="reconnecting" />)
    act(() => void vi.advanceTimersByTime(3000))
    expect(screen.getByRole('status')).toBeEmptyDOMElement()
  })

  it('says after a while that the server does not answer', () => {
    renderApp(<StatusBar socket="reconnecting" />)
    act(() => void vi.advanceTimersByTime(4100))
    expect(screen.getByRole('status')).toHaveTextContent(/^The server does not answer/)
  })

  it('says at once that there is no network, and takes it back', () => {
    const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    renderApp(<StatusBar socket="open" />)
    expect(screen.getByRole('status')).toHaveTextContent(/^You are offline/)
    online.mockReturnValue(true)
    act(() => void window.dispatchEvent(new Event('online')))
    expect(screen.getByRole('status')).toBeEmptyDOMElement()
  })
})

it.each([
  [true, /^Live/],
  [false, /^Reconnecting|^Connecting|again/i],
])('the dot says whether changes come by themselves: %s', (open, words) => {
  renderApp(<ConnectionDot open={open} />)
  expect(screen.getByRole('img', { name: words })).toHaveAttribute('title')
})
