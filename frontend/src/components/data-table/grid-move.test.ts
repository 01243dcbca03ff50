import { moveCard, moveIn } from '@/components/data-table/grid-move'

const bounds = { rows: 100, cols: 5, page: 20 }

describe('moving in a grid', () => {
  it.each([
    ['ArrowDown', [3, 2], [4, 2]],
    ['ArrowDown', [99, 2], [99, 2]],
    ['ArrowUp', [3, 2], [2, 2]],
    ['ArrowUp', [0, 2], [-1, 2]],
    ['ArrowUp', [-1, 2], [-1, 2]],
    ['ArrowDown', [-1, 2], [0, 2]],
    ['ArrowRight', [3, 4], [3, 4]],
    ['ArrowLeft', [3, 0], [3, 0]],
    ['ArrowLeft', [3, 2], [3, 1]],
    ['Home', [3, 2], [3, 0]],
    ['End', [3, 2], [3, 4]],
    ['PageDown', [3, 2], [23, 2]],
    ['PageDown', [90, 2], [99, 2]],
    ['PageUp', [3, 2], [0, 2]],
    ['j', [3, 2], [4, 2]],
    ['k', [3, 2], [2, 2]],
    ['k', [0, 2], [0, 2]],
  ])('%s from %j to %j', (key, [row, col], [toRow, toCol]) => {
    const at = moveIn({ row: row!, col: col! }, { key }, bounds)
    expect(at).toEqual({ row: toRow, col: toCol })
  })

  it.each([
    ['Home', [50, 2], [0, 0]],
    ['End', [50, 2], [99, 4]],
    ['ArrowDown', [50, 2], [99, 2]],
    ['ArrowUp', [50, 2], [0, 2]],
    ['ArrowRight', [50, 2], [50, 4]],
    ['ArrowLeft', [50, 2], [50, 0]],
  ])('Ctrl+%s from %j to %j', (key, [row, col], [toRow, toCol]) => {
    const at = moveIn({ row: row!, col: col! }, { key, ctrl: true }, bounds)
    expect(at).toEqual({ row: toRow, col: toCol })
  })

  it('follows the direction of writing', () => {
    const rtl = { ...bounds, rtl: true }
    expect(moveIn({ row: 1, col: 2 }, { key: 'ArrowRight' }, rtl)).toEqual({ row: 1, col: 1 })
    expect(moveIn({ row: 1, col: 2 }, { key: 'ArrowLeft' }, rtl)).toEqual({ row: 1, col: 3 })
  })

  it('leaves other keys alone, and stays on the header when there is no row', () => {
    expect(moveIn({ row: 1, col: 1 }, { key: 'a' }, bounds)).toBeNull()
    expect(moveIn({ row: 1, col: 1 }, { key: 'j', ctrl: true }, bounds)).toBeNull()
    const none = { ...bounds, rows: 0 }
    expect(moveIn({ row: -1, col: 1 }, { key: 'ArrowDown' }, none)).toEqual({ row: -1, col: 1 })
  })
})

describe('from card to card', () => {
  it.each([
    ['ArrowRight', false, 5, 6],
    ['ArrowLeft', false, 5, 4],
    ['ArrowRight', true, 5, 4],
    ['ArrowLeft', true, 5, 6],
    ['ArrowRight', true, 0, 0],
    ['j', true, 5, 6],
    ['k', true, 5, 4],
    ['ArrowDown', true, 5, 8],
    ['ArrowUp', false, 1, 0],
    ['PageDown', false, 5, 10],
    ['Home', false, 7, 0],
    ['End', false, 2, 10],
    ['a', false, 5, null],
  ])('%s, right to left %s: from %i to %j', (key, rtl, from, to) => {
    expect(moveCard(from, key, { count: 11, abreast: 3, rtl })).toBe(to)
  })
})
