import { FilterFault } from '@/components/filter-builder/lex'
import { type FilterNode, parseFilter } from '@/components/filter-builder/parse'
import { printFilter } from '@/components/filter-builder/print'

const faultOf = (text: string): string => {
  try {
    parseFilter(text)
  } catch (error) {
    if (error instanceof FilterFault) return `${error.at}: ${error.code}`
    throw error
  }
  return 'none'
}

describe('parseFilter', () => {
  it.each([
    ['gade = A', '1: unknown_field'],
    ['grade = A and sorce = x', '15: unknown_field'],
    ['grade', '6: operator_missing'],
    ['grade has A', '7: operator_wrong'],
    ['grade == A', '8: value_missing'],
    ['grade = E', '9: value_wrong'],
    ['status = wn', '10: value_wrong'],
    ['grade in A', '10: list_missing'],
    ['grade in (A B)', '13: list_open'],
    ['grade in ()', '11: value_missing'],
    ['(grade = A', '11: paren_open'],
    ['grade = A)', '10: paren_extra'],
    ['company = Acme Ltd', '16: word_extra'],
    ['name = "open', '8: quote_open'],
    ['score > many', '9: value_wrong'],
    ['created_at > lately', '14: value_wrong'],
    ['created_at > 2026-02-31', '14: value_wrong'],
    ['value > 1e9', '9: value_wrong'],
    ['owner = bob', '9: value_wrong'],
    ['id = me', '6: value_wrong'],
    ['and', '1: unknown_field'],
    ['not', '4: field_missing'],
    ['custom. = 1', '1: unknown_field'],
    ['name = a\0', '9: bad_text'],
    ['name = "a\0"', '10: bad_text'],
    ['constructor = x', '1: unknown_field'],
    ['("🏭" = 1', '2: field_missing'],
    ['name = 🏭🏭 x', '11: word_extra'],
    ['('.repeat(30) + 'a', '21: too_deep'],
    ['not '.repeat(30), '81: too_deep'],
    ['score>1 or '.repeat(70), '661: too_many_terms'],
    ['x'.repeat(4001), '4000: too_long'],
    [`grade in (${'A,'.repeat(500)}A)`, '1011: too_many_values'],
    ['name ~ x', '6: operator_missing'],
    ['tags = vip', '6: operator_wrong'],
  ])('finds the fault of %s where the API finds it', (text, fault) => {
    expect(faultOf(text)).toBe(fault)
  })

  it('binds "and" closer than "or" and "not" closest', () => {
    const is = (value: string): FilterNode => ({
      type: 'is',
      field: 'name',
      op: '=',
      values: [value],
    })
    expect(parseFilter('NOT name = a or name=b and Name = c')).toEqual({
      type: 'or',
      parts: [
        { type: 'not', inner: is('a') },
        { type: 'and', parts: [is('b'), is('c')] },
      ],
    })
    expect(parseFilter('  ')).toBeNull()
  })
})

describe('printFilter', () => {
  it.each([
    '',
    'grade in (A+,A) and source = linkedin and created_at > -14d and not tags has vip',
    'grade >= B',
    'tags has ("it\'s",none)',
    'score <= 60 or score empty',
    '(name = a or name = b) and score > 10',
    'name = a or name = b and score > 10',
    'not (grade < B and status = new)',
    'not not name = best',
    '(name = a and name = b) and name = c',
    'custom.budget >= -20.5',
    'custom."my \\"own\\" field" = x',
    'name contains "50%_off \\\\ \\"Söhne\\""',
    'posted_at >= 2026-03-02T09:30:00Z and owner = me',
    'name = "and" or name = "a,b)"',
  ])('comes back as it went: %s', (text) => {
    const tree = parseFilter(text)
    const printed = printFilter(tree)
    expect(parseFilter(printed)).toEqual(tree)
    expect(printFilter(parseFilter(printed))).toBe(printed)
  })
})
