import type { ImportPreview } from '@/api/contract'
import {
  changedRules,
  mappingOf,
  NO_RULES,
  ownField,
  type Rules,
  sentMapping,
  sharedFields,
  wireRules,
} from '@/features/imports/choices'

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

describe('the rules of an import', () => {
  it.each<[string, Partial<Rules>, number]>([
    ['nothing', {}, 0],
    ['an empty default', { defaults: { industry: '  ' } }, 0],
    ['clearing without overwriting', { clearEmpty: true }, 0],
    ['overwriting where only new leads come in', { rows: 'create', known: 'overwrite' }, 1],
    ['overwriting and clearing', { known: 'overwrite', clearEmpty: true }, 2],
    ['tags, owner and a match', { tags: ['fair'], ownerId: 'u1', match: ['email'] }, 3],
  ])('counts as changed: %s', (_, part, n) =>
    expect(changedRules({ ...NO_RULES, ...part })).toBe(n),
  )

  it('never asks for clearing what may not be overwritten', () => {
    const sent = wireRules({ ...NO_RULES, rows: 'create', known: 'overwrite', clearEmpty: true })
    expect(sent).toMatchObject({ rows: 'create', known: 'fill', clear_empty: false })
  })
})
