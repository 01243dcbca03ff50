import type { ImportPreview } from '@/api/contract'
import { mappingOf, ownField, sentMapping, sharedFields } from '@/features/imports/choices'

const column = (header: string, field: string | null) => ({
  header,
  field,
  samples: [],
  confidence: 1,
  reason: '',
})
const preview = {
  columns: [column('Name', 'name'), column('Mail', 'email'), column('Shoe', 'custom.shoe')],
} as unknown as ImportPreview

describe('the choices of an import', () => {
  it('lays changes over the guesses', () => {
    expect(mappingOf(preview, { Mail: null, Shoe: 'title' })).toEqual({
      Name: 'name',
      Mail: null,
      Shoe: 'title',
    })
  })

  it('sends neither columns that are gone nor guesses that stand', () => {
    expect(sentMapping(preview, { Gone: 'name', Name: 'name', Mail: null })).toEqual({ Mail: null })
  })

  it('names fields that two columns fill, and never counts columns left out', () => {
    const shared = sharedFields({ a: 'email', b: 'email', c: null, d: null, e: 'name' })
    expect([...shared]).toEqual([['email', ['a', 'b']]])
  })

  it.each([
    ['Shoe size', 'custom.shoe_size'],
    ['  Größe (cm) ', 'custom.große_cm'],
    ['!!!', 'custom.column'],
  ])('keeps %s as %s', (header, field) => expect(ownField(header)).toBe(field))
})
