import { exportBody, exportHref } from '@/features/leads/export-request'

const columns = ['name', 'grade']

describe('what is exported', () => {
  it('is the view: its filter, search, order and columns', () => {
    const href = exportHref({
      format: 'xlsx',
      selection: { filter: 'grade in (A+,A)', q: 'stock & more' },
      sort: '-score',
      columns,
    })
    const { pathname, searchParams } = new URL(href!, 'http://localhost')
    expect(pathname).toBe('/api/v1/leads/export')
    expect(Object.fromEntries(searchParams)).toEqual({
      format: 'xlsx',
      filter: 'grade in (A+,A)',
      q: 'stock & more',
      sort: '-score',
      columns: 'name,grade',
    })
  })

  it('is everything when nothing is asked for', () => {
    expect(exportHref({ format: 'csv', selection: {}, columns: [] })).toMatch(/export\?format=csv$/)
  })

  it('goes as a body when many leads are chosen', () => {
    const ids = Array.from({ length: 200 }, (_, n) => `0190b6a0-5d2c-7b7e-9d35-${n}`)
    const wish = { format: 'json' as const, selection: { ids }, sort: 'name', columns }
    expect(exportHref(wish)).toBeNull()
    expect(exportBody(wish)).toEqual({ format: 'json', ids, sort: 'name', columns })
  })
})
