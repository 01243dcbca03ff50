import { localPath } from '@/utils/local-path'
import { safeHref } from '@/utils/safe-href'

describe('A43: addresses from outside', () => {
  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'no address',
  ])('%s is no link', (value) => {
    expect(safeHref(value)).toBeNull()
  })

  it('keeps web, mail and phone addresses', () => {
    for (const value of ['https://a.example/x', 'mailto:a@b.example', 'tel:+49301234']) {
      expect(safeHref(value)).toBe(value)
    }
  })

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', '\\\\evil', '', null])(
    'never leads to another site after signing in: %s',
    (value) => {
      expect(localPath(value)).toBe('/')
    },
  )

  it('goes back to a page of this site', () => {
    expect(localPath('/leads?grade=A%2B')).toBe('/leads?grade=A%2B')
  })
})
