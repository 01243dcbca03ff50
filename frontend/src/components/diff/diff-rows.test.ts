import { diffRows, foldRows } from '@/components/diff/diff-rows'

it('marks the words that changed in a line, on both sides', () => {
  const [row] = diffRows('name: Harbor Stock\n', 'name: Harbor Boats\n')
  expect(row!.kind).toBe('changed')
  expect(row!.before!.spans.filter((s) => s.changed).map((s) => s.text)).toEqual(['Stock'])
  expect(row!.after!.spans.filter((s) => s.changed).map((s) => s.text)).toEqual(['Boats'])
})

it('numbers the lines of each side', () => {
  const rows = diffRows('a\nb\nc\n', 'a\nc\nd\n')
  expect(rows.map((r) => [r.kind, r.before?.line, r.after?.line])).toEqual([
    ['same', 1, 1],
    ['removed', 2, undefined],
    ['same', 3, 2],
    ['added', undefined, 3],
  ])
})

it('rebuilds both texts whatever they hold', () => {
  const cases = ['', 'a', 'a\n', '\n\n', 'a\n\nb', 'x\ny\nz', '<b>&amp;</b>\nб\n🏭']
  for (const before of cases) {
    for (const after of cases) {
      const rows = diffRows(before, after)
      const text = (side: 'before' | 'after') =>
        rows.flatMap((r) => (r[side] ? [r[side].spans.map((s) => s.text).join('')] : [])).join('\n')
      expect(text('before')).toBe(before.replace(/\n$/, ''))
      expect(text('after')).toBe(after.replace(/\n$/, ''))
    }
  }
})

it('folds what is far from any change', () => {
  const same = Array.from({ length: 20 }, (_, i) => `line ${i}`)
  const parts = foldRows(diffRows(same.join('\n'), [...same, 'new'].join('\n')))
  expect(parts).toHaveLength(2)
  expect('hidden' in parts[0]! && parts[0].hidden.length).toBe(17)
})
