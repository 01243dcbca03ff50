import { type Failure, groupFailures, remedyOf } from '@/features/batches/group-failures'

const failure = (lead_id: string, code: string): Failure => ({
  lead_id,
  lead_name: '',
  code,
  reason: code,
  attempts: 1,
})

describe('groupFailures', () => {
  it('puts the most frequent first and loses none', () => {
    const groups = groupFailures([
      failure('1', 'ai_timeout'),
      failure('2', 'budget_exceeded'),
      failure('3', 'budget_exceeded'),
    ])
    expect(groups.map(({ code, failures }) => [code, failures.map((f) => f.lead_id)])).toEqual([
      ['budget_exceeded', ['2', '3']],
      ['ai_timeout', ['1']],
    ])
  })

  it('has no group without failures', () => expect(groupFailures([])).toEqual([]))
})

describe('remedyOf', () => {
  it.each([
    ['budget_day_exceeded', 'budget'],
    ['ai_rate_limited', 'wait'],
    ['ai_answer_malformed', 'again'],
    ['ai_key_refused', 'settings'],
    ['ai_text_too_long', 'shorten'],
    ['something_new', 'other'],
  ])('%s is helped by %s', (code, remedy) => expect(remedyOf(code)).toBe(remedy))
})
