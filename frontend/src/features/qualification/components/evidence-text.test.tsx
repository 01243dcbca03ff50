import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { EvidenceText } from '@/features/qualification/components/evidence-text'
import { LEADS, makeAnalysis, TEXT } from '@/testing/fixtures'
import { renderApp } from '@/testing/render'

const { claims } = makeAnalysis(LEADS[0]!)
const NONE = new Set<string>()

function show(off: ReadonlySet<string> = NONE) {
  const onLit = vi.fn()
  const { container } = renderApp(
    <EvidenceText text={TEXT} claims={claims} lit={null} onLit={onLit} off={off} />,
  )
  return { container, onLit }
}

describe('EvidenceText', () => {
  it('shows the whole text, quotes marked exactly, emoji or not', () => {
    const { container } = show()
    expect(container).toHaveTextContent(TEXT, { normalizeWhitespace: false })
    for (const claim of claims) {
      const marks = container.querySelectorAll(`[data-claims~="${claim.key}"]`)
      expect([...marks].map((mark) => mark.textContent).join('')).toBe(claim.quote)
    }
  })

  it('takes the colour from a claim that is switched off, and keeps its words', () => {
    const { container } = show(new Set(['c6']))
    expect(container.querySelector('[data-claims~="c6"]')).toBeNull()
    expect(container).toHaveTextContent('Budget ~$500/mo.')
  })

  it('points at the claim under the pointer', async () => {
    const { onLit } = show()
    await userEvent.hover(screen.getByText('I want to sign something before Thanksgiving'))
    expect(onLit).toHaveBeenLastCalledWith('c2')
  })

  it('A43: shows markup in a lead as text', () => {
    const text = '<img src=x onerror=alert(1)> we lose orders'
    const { container } = renderApp(
      <EvidenceText text={text} claims={[]} lit={null} onLit={vi.fn()} off={NONE} />,
    )
    expect(container.querySelector('img')).toBeNull()
    expect(container).toHaveTextContent(text)
  })
})
