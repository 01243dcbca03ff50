import { groupVersions } from '@/features/messages/group-versions'
import { sameText } from '@/features/messages/kept-text'

const version = (n: number, minute: number, writer = 'person', by: string | null = 'u1') => ({
  version: n,
  at: new Date(Date.UTC(2026, 2, 1, 10, minute)).toISOString(),
  writer,
  edited_by: writer === 'person' ? by : null,
})

describe('groupVersions', () => {
  it.each([
    ['typed without a pause', [version(3, 9), version(2, 4), version(1, 0)], ['3×3']],
    ['a pause of ten minutes', [version(3, 19), version(2, 9), version(1, 0)], ['3×1', '2×2']],
    [
      'two people',
      [version(3, 2), version(2, 1, 'person', 'u2'), version(1, 0)],
      ['3×1', '2×1', '1×1'],
    ],
    [
      'a draft between',
      [version(3, 2), version(2, 1, 'template'), version(1, 0)],
      ['3×1', '2×1', '1×1'],
    ],
    ['drafts', [version(2, 1, 'template'), version(1, 0, 'template')], ['2×1', '1×1']],
    ['none', [], []],
  ])('%s', (_name, versions, groups) => {
    expect(groupVersions(versions).map((g) => `${g.newest.version}×${g.count}`)).toEqual(groups)
  })
})

describe('sameText', () => {
  it.each([
    ['spaces that the server folds', { subject: ' a  b ', body: 'x\n' }, true],
    ['another word', { subject: 'a b', body: 'y' }, false],
    ['an inner line', { subject: 'a b', body: 'x\n\nx' }, false],
  ])('%s', (_name, text, same) => {
    expect(sameText(text, { subject: 'a b', body: 'x' })).toBe(same)
  })
})
