import { applyPatch, findClashes, inversePatch, type LeadPatch } from '@/features/leads/one/edit'
import { makeLead } from '@/testing/fixtures'

const lead = { ...makeLead(0), title: 'Owner', tags: ['a'], custom: { Fax: '1', Rank: '7' } }

describe('a patch', () => {
  it.each<[string, LeadPatch]>([
    ['a field', { title: 'Head' }],
    ['several', { title: 'Head', phone: '' }],
    ['tags', { tags: ['a', 'b'] }],
    ['a further field changed', { custom: { Fax: '2' } }],
    ['a further field added', { custom: { Car: 'red' } }],
    ['a further field taken away', { custom: { Fax: null } }],
    ['nobody as owner', { owner_id: null }],
  ])('is taken back by its inverse: %s', (_name, patch) => {
    const changed = applyPatch(lead, patch)
    expect(changed).not.toBe(lead)
    expect(applyPatch(changed, inversePatch(lead, patch))).toEqual(lead)
  })

  it('leaves the other further fields alone', () => {
    expect(applyPatch(lead, { custom: { Fax: null } }).custom).toEqual({ Rank: '7' })
  })
})

describe('findClashes', () => {
  it.each<[string, LeadPatch, Partial<typeof lead>, string[]]>([
    ['the same field differently', { title: 'Mine' }, { title: 'Theirs' }, ['title']],
    ['different fields', { title: 'Mine' }, { phone: '+1' }, []],
    ['the same change twice', { title: 'Same' }, { title: 'Same' }, []],
    ['they emptied what I changed', { title: 'Mine' }, { title: '' }, ['title']],
    ['tags', { tags: ['a', 'b'] }, { tags: ['a', 'c'] }, ['tags']],
    ['one of two', { title: 'Mine', phone: '1' }, { title: 'Theirs' }, ['title']],
    [
      'further fields by name',
      { custom: { Fax: '2' } },
      { custom: { Fax: '3', Rank: '7' } },
      ['Fax'],
    ],
    ['other further fields', { custom: { Fax: '2' } }, { custom: { Fax: '1', Rank: '8' } }, []],
  ])('%s', (_name, patch, change, fields) => {
    const clashes = findClashes(lead, patch, { ...lead, ...change, version: 2 })
    expect(clashes.map((clash) => clash.field)).toEqual(fields)
  })

  it('gives all three values in words', () => {
    expect(findClashes(lead, { tags: ['b'] }, { ...lead, tags: ['c', 'd'] })).toEqual([
      { field: 'tags', custom: false, before: 'a', mine: 'b', theirs: 'c, d' },
    ])
  })
})
