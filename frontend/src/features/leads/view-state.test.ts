import { isFiltered, readView, viewQuery, writeView } from '@/features/leads/view-state'

const roundTrip = (text: string) => writeView(readView(new URLSearchParams(text))).toString()

describe('the view in the address', () => {
  it.each([
    '',
    'q=order+chaos',
    'filter=score+%3E+50&sort=-score%2Cname',
    'view=v1&q=x&filter=grade+%3D+A',
    'view=v1&filter=',
  ])('comes back as it went: %s', (text) => {
    expect(roundTrip(text)).toBe(text)
  })

  it('drops empties and what it does not know', () => {
    expect(roundTrip('filter=&utm=x&q=')).toBe('')
  })

  it.each([
    ['grade=A%2B&grade=A&grade=A&grade=', 'grade in (A+,A)'],
    ['grade=A&status=new', 'grade = A and status = new'],
    [
      'source=my+list&filter=score > 50 or tags has vip',
      'source = "my list" and (score > 50 or tags has vip)',
    ],
  ])('reads the lists of a link as a filter: %s', (text, filter) => {
    expect(readView(new URLSearchParams(text)).filter).toBe(filter)
  })

  it('becomes the parameters of the API', () => {
    const view = readView(new URLSearchParams('q=stock&grade=A&sort=-score&view=v1'))
    expect(viewQuery(view)).toEqual({ q: 'stock', filter: 'grade = A', sort: '-score' })
  })

  it('asks for everything when nothing is chosen', () => {
    const view = readView(new URLSearchParams('view=v1'))
    expect(viewQuery(view)).toEqual({ q: undefined, filter: undefined, sort: undefined })
    expect(isFiltered(view)).toBe(false)
  })
})
