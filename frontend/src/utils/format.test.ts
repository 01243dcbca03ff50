import {
  formatBytes,
  formatClock,
  formatDuration,
  formatMoney,
  formatRelative,
  formatTotal,
  setFormats,
} from '@/utils/format'

describe('format', () => {
  it('tells the time of day as somebody prefers, in their zone', () => {
    setFormats({ locale: 'en-GB', timezone: 'Asia/Tokyo' })
    expect(formatClock('2025-11-24T12:05:00Z')).toBe('21:05')
    setFormats({ locale: 'en-US', timezone: 'UTC' })
    expect(formatClock('2025-11-24T12:05:00Z')).toMatch(/^12:05\sPM$/)
    setFormats({ locale: '', timezone: '' })
  })

  it('shows micro-units as money, tiny amounts with four digits', () => {
    expect(formatMoney(1_840_000)).toBe('$1.84')
    expect(formatMoney(3_100)).toBe('$0.0031')
    expect(formatMoney(0)).toBe('$0.00')
  })

  it('marks a capped total', () => {
    expect(formatTotal(10_000, true)).toBe('\u206610,000+\u2069')
    expect(formatTotal(240, false)).toBe('240')
  })

  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [61, '1 min 1 s'],
    [3600, '1 h'],
    [7500, '2 h 5 min'],
  ])('writes %i seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text)
  })

  it.each([
    [12, '12 B'],
    [48_210, '48 kB'],
    [1_500_000, '1.5 MB'],
  ])('writes %i bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })

  it('tells how long ago in the largest fitting unit', () => {
    const now = Date.parse('2025-11-24T12:00:00Z')
    expect(formatRelative('2025-11-24T11:58:00Z', now)).toMatch(/2 min/)
    expect(formatRelative('2025-11-21T12:00:00Z', now)).toMatch(/3 days/)
  })
})
