import { isFiltered, readView, viewQuery, writeView } from '@/features/leads/view-state'

const roundTrip = (text: string) => writeView(readView(new URLSearchParams(text))).toString()

describe('the view in the address', () => {
  it.each([
    '',
    'q=order+chaos',
    'grade=A%2B&grade=A&status=new',
    'source=linkedin&sort=-score%2Cname',
    'filter=score+%3E+50',
  ])('comes back as it went: %s', (text) => {
    expect(roundTrip(text)).toBe(text)
  })

  it('drops doubles, empties and what it does not know', () => {
    expect(roundTrip('grade=A&grade=A&grade=&utm=x')).toBe('grade=A')
  })

  it('becomes the parameters of the API', () => {
    const view = readView(
      new URLSearchParams('q=stock&grade=A%2B&grade=A&source=my+list&sort=-score'),
    )
    expect(viewQuery(view)).toEqual({
      q: 'stock',
      filter: 'grade in (A+,A) and source = "my list"',
      sort: '-score',
    })
  })

  it('keeps a hand-written condition apart from the chips', () => {
    const view = readView(new URLSearchParams('grade=A&filter=score > 50 or tags has vip'))
    expect(viewQuery(view).filter).toBe('grade = A and (score > 50 or tags has vip)')
  })

  it('asks for everything when nothing is chosen', () => {
    const view = readView(new URLSearchParams())
    expect(viewQuery(view)).toEqual({ q: undefined, filter: undefined, sort: undefined })
    expect(isFiltered(view)).toBe(false)
  })
})
