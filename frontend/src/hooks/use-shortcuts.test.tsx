import { render, renderHook } from '@testing-library/react'

import { registeredShortcuts, type Shortcut } from '@/hooks/shortcuts'
import { useShortcuts } from '@/hooks/use-shortcuts'

function offer(shortcuts: (Partial<Shortcut> & Pick<Shortcut, 'keys' | 'run'>)[]) {
  return renderHook(() =>
    useShortcuts(
      shortcuts.map((each, i) => ({ id: String(i), label: 'Do it', where: 'page', ...each })),
    ),
  )
}

function press(init: KeyboardEventInit, target: EventTarget = document.body): KeyboardEvent {
  const event = new KeyboardEvent('keydown', {
    bubbles: true,
    cancelable: true,
    composed: true,
    ...init,
  })
  target.dispatchEvent(event)
  return event
}

describe('keys', () => {
  it.each<[string, KeyboardEventInit, boolean]>([
    ['j', { key: 'j' }, true],
    ['j', { key: 'J' }, true], // caps lock
    ['j', { key: 'J', shiftKey: true }, false],
    ['j', { key: 'j', ctrlKey: true }, false],
    ['j', { key: 'ο', code: 'KeyJ' }, true], // a Greek keyboard
    ['shift+x', { key: 'X', shiftKey: true }, true],
    ['?', { key: '?', shiftKey: true }, true],
    ['mod+k', { key: 'k', metaKey: true }, true],
    ['mod+k', { key: 'k', ctrlKey: true }, true],
    ['mod+k', { key: 'k' }, false],
    ['enter', { key: 'Enter' }, true],
    ['shift+arrowdown', { key: 'ArrowDown', shiftKey: true }, true],
  ])('%s and %o: %s', (keys, init, runs) => {
    const run = vi.fn()
    offer([{ keys, run }])
    const event = press(init)
    expect(run).toHaveBeenCalledTimes(runs ? 1 : 0)
    expect(event.defaultPrevented).toBe(runs)
  })

  it('goes by two keys, one after the other, and lets each mean its own alone', () => {
    const [leads, other] = [vi.fn(), vi.fn()]
    offer([
      { keys: 'g l', run: leads },
      { keys: 'l', run: other },
    ])
    press({ key: 'g' })
    press({ key: 'l' })
    press({ key: 'l' })
    expect([leads, other].map((f) => f.mock.calls.length)).toEqual([1, 1])
  })
})

describe('somebody who types', () => {
  it.each(['input', 'textarea', 'select', 'div'])('is left alone in %s', (tag) => {
    const [plain, undo, palette] = [vi.fn(), vi.fn(), vi.fn()]
    offer([
      { keys: 'j', run: plain },
      { keys: 'mod+z', run: undo },
      { keys: 'mod+k', run: palette, typing: true },
    ])
    const element = document.body.appendChild(document.createElement(tag))
    // What CodeMirror edits is an element of this kind.
    if (tag === 'div') element.setAttribute('contenteditable', 'true')
    press({ key: 'j' }, element)
    press({ key: 'z', ctrlKey: true }, element)
    press({ key: 'k', ctrlKey: true }, element)
    element.remove()
    expect([plain, undo, palette].map((f) => f.mock.calls.length)).toEqual([0, 0, 1])
  })

  it.each([
    ['editable text, in whatever way it says so', '<p contenteditable><b>x</b></p>', 'b'],
    ['plain editable text', '<p contenteditable="plaintext-only">x</p>', 'p'],
    ['a part of an editor that is no text', '<div data-typing><button>x</button></div>', 'button'],
  ])('has ⌘Z for the text in %s', (_, html, at) => {
    const undo = vi.fn()
    offer([{ keys: 'mod+z', run: undo }])
    const box = document.body.appendChild(document.createElement('div'))
    box.innerHTML = html
    press({ key: 'z', ctrlKey: true }, box.querySelector(at)!)
    box.remove()
    expect(undo).not.toHaveBeenCalled()
  })

  it('has ⌘Z for the text of an editor in a shadow root, also beside the text', () => {
    const undo = vi.fn()
    offer([{ keys: 'mod+z', run: undo }])
    const host = document.body.appendChild(document.createElement('div'))
    host.dataset.typing = ''
    const root = host.attachShadow({ mode: 'open' })
    root.innerHTML = '<div contenteditable="true">x</div><button>fault</button>'
    for (const part of root.children) press({ key: 'z', ctrlKey: true }, part)
    expect(undo).not.toHaveBeenCalled()
    press({ key: 'z', ctrlKey: true })
    expect(undo).toHaveBeenCalledOnce()
    host.remove()
  })

  it('is left alone while a dialog is open, and where something else took the key', () => {
    const run = vi.fn()
    offer([{ keys: 'j', run }])
    const dialog = render(<dialog open />)
    press({ key: 'j' })
    dialog.unmount()
    const grid = document.body.appendChild(document.createElement('div'))
    grid.addEventListener('keydown', (event) => event.preventDefault())
    press({ key: 'j' }, grid)
    grid.remove()
    expect(run).not.toHaveBeenCalled()
  })
})

it('leaves Enter to the button that has the focus', () => {
  const run = vi.fn()
  offer([{ keys: 'enter', run }])
  const { getByRole } = render(<button>Export</button>)
  press({ key: 'Enter' }, getByRole('button'))
  expect(run).not.toHaveBeenCalled()
  press({ key: 'Enter' })
  expect(run).toHaveBeenCalledTimes(1)
})

it('counts the later of two with the same keys, and the earlier again when it goes', () => {
  const [page, above] = [vi.fn(), vi.fn()]
  offer([{ keys: 'escape', run: page }])
  const upper = offer([{ keys: 'escape', run: above }])
  press({ key: 'Escape' })
  upper.unmount()
  press({ key: 'Escape' })
  expect([page, above].map((f) => f.mock.calls.length)).toEqual([1, 1])
})

it('runs what the component means now, and leaves nothing behind', () => {
  const [before, after] = [vi.fn(), vi.fn()]
  const { rerender, unmount } = renderHook(
    ({ run }) => useShortcuts([{ id: 'a', keys: 'a', label: 'A', where: 'page', run }]),
    { initialProps: { run: before } },
  )
  rerender({ run: after })
  press({ key: 'a' })
  expect([before, after].map((f) => f.mock.calls.length)).toEqual([0, 1])
  unmount()
  expect(registeredShortcuts()).toEqual([])
})
