import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { useToasts } from '@/components/feedback/toast'
import { lateContent, lateLayer } from '@/components/ui/late'

function Box({ open, words }: { open: boolean; onClose: () => void; words: string }) {
  return open ? <p>{words}</p> : null
}

function ToastWords() {
  return useToasts().map((each) => <p key={each.id}>{each.title}</p>)
}

describe('lateLayer', () => {
  it('is fetched ahead once the page has come to rest', async () => {
    vi.useFakeTimers()
    const load = vi.fn(() => Promise.resolve(Box))
    const Late = lateLayer(load)
    const { rerender } = render(<Late open={false} onClose={vi.fn()} words="here" />)
    expect(load).not.toHaveBeenCalled()
    await act(() => vi.advanceTimersByTimeAsync(2000))
    expect(load).toHaveBeenCalledOnce()
    vi.useRealTimers()
    rerender(<Late open onClose={vi.fn()} words="here" />)
    expect(screen.getByText('here')).toBeInTheDocument()
  })

  it('is fetched at once when it is opened before that', async () => {
    const Late = lateLayer(() => Promise.resolve(Box))
    render(<Late open onClose={vi.fn()} words="here" />)
    expect(await screen.findByText('here')).toBeInTheDocument()
  })

  it('says when it cannot be fetched, closes, and is fetched when opened again', async () => {
    const load = vi.fn(() => Promise.resolve(Box)).mockRejectedValueOnce(new Error('no network'))
    const Late = lateLayer(load)
    const onClose = vi.fn()
    const { rerender } = render(<Late open onClose={onClose} words="here" />)
    render(<ToastWords />)
    expect(await screen.findByText(/^The server did not answer/)).toBeInTheDocument()
    expect(onClose).toHaveBeenCalledOnce()
    rerender(<Late open={false} onClose={onClose} words="here" />)
    rerender(<Late open onClose={onClose} words="here" />)
    expect(await screen.findByText('here')).toBeInTheDocument()
  })
})

describe('lateContent', () => {
  it('can be tried again in its place', async () => {
    const load = vi.fn(() => Promise.resolve(Box)).mockRejectedValueOnce(new Error('no network'))
    const Late = lateContent(load)
    render(<Late open onClose={vi.fn()} words="here" />)
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('here')).toBeInTheDocument()
  })
})
