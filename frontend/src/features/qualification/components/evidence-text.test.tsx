import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { EvidenceText } from '@/features/qualification/components/evidence-text'
import type { Evidence } from '@/features/qualification/use-evidence'
import { LEADS, makeAnalysis, TEXT } from '@/testing/fixtures'
import { renderApp } from '@/testing/render'

const { claims } = makeAnalysis(LEADS[0]!)
const NONE = new Set<string>()

function show(off: ReadonlySet<string> = NONE) {
  const evidence = fakeEvidence({ claims, off })
  const { container } = renderApp(<EvidenceText text={TEXT} field="content" evidence={evidence} />)
  return { container, ...evidence }
}

function fakeEvidence(some: Partial<Evidence>): Evidence {
  return {
    claims: [],
    lit: null,
    picked: null,
    off: NONE,
    onLit: vi.fn(),
    onPick: vi.fn(),
    ...some,
  }
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
      <EvidenceText text={text} field="content" evidence={fakeEvidence({})} />,
    )
    expect(container.querySelector('img')).toBeNull()
    expect(container).toHaveTextContent(text)
  })

  it('goes from one overlapping claim to the next by a press', async () => {
    const { onPick } = show()
    await userEvent.click(screen.getByText('9 wrong orders in September'))
    expect(onPick).toHaveBeenCalledWith('c5')
  })

  it('marks nothing where the quoted words were changed since', () => {
    const { container } = renderApp(
      <EvidenceText
        text={TEXT.replace('9 wrong', '7 wrong')}
        field="content"
        evidence={fakeEvidence({ claims })}
      />,
    )
    expect(container.querySelector('[data-claims~="c0"]')).toBeNull()
    expect(container.querySelector('[data-claims~="c2"]')).not.toBeNull()
  })

  it('shows of ten megabytes the beginning and every quote, the rest when asked', async () => {
    const text = 'Nothing to see here. '.repeat(480_000) + TEXT
    const shift = Array.from(text).length - Array.from(TEXT).length
    const far = claims.map((c) => ({ ...c, start: c.start + shift, end: c.end + shift }))
    const { container } = renderApp(
      <EvidenceText text={text} field="content" evidence={fakeEvidence({ claims: far })} />,
    )
    expect(container.textContent.length).toBeLessThan(30_000)
    for (const claim of far) {
      const marks = container.querySelectorAll(`[data-claims~="${claim.key}"]`)
      expect([...marks].map((mark) => mark.textContent).join('')).toBe(claim.quote)
    }
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }))
    expect(container.textContent.length).toBe(text.length)
  })
})
