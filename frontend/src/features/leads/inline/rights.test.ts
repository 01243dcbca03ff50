import { refusal } from '@/features/leads/inline/rights'

const all = () => true
const none = () => false
const admin = { id: 'a', role: 'admin' as const }
const user = { id: 'u', role: 'user' as const }

describe('who may change a cell', () => {
  it.each([
    ['an administrator, any lead', 'company', admin, 'x', all, null],
    ['an administrator, its owner', 'owner', admin, 'x', all, null],
    ['a user, an own lead', 'company', user, 'u', all, null],
    ['a user, a free lead', 'company', user, null, all, 'unclaimed'],
    ['a user, another one’s lead', 'company', user, 'x', all, 'others'],
    ['a user, not the owner', 'owner', user, 'u', all, 'never'],
    ['a viewer, nothing', 'company', user, 'u', none, 'never'],
    ['nobody, what was judged', 'score', admin, 'a', all, 'never'],
    ['nobody, when a lead was found', 'created_at', admin, 'a', all, 'never'],
    ['not before it is known who asks', 'company', undefined, null, all, 'never'],
  ] as const)('%s', (_, column, me, owner, can, expected) => {
    expect(refusal({ owner_id: owner }, column, me, can)).toBe(expected)
  })
})
