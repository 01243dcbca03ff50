import { readdirSync, readFileSync } from 'node:fs'

import { readWords, wordsIn } from '@/utils/i18n/words-plugin'

const WORDS = {
  'lead.email': 'E-mail',
  'lead.count_one': 'one lead',
  'lead.count_other': 'leads',
  'lead.counted': 'counted',
  'message.tones.formal': 'formal',
  'message.tones.plain': 'plain',
  'scope.leads:write': 'write',
}

describe('wordsIn', () => {
  it.each([
    ['a key', `t('lead.email')`, ['lead.email']],
    ['a key in any quotes', 't("lead.email", `lead.counted`)', ['lead.email', 'lead.counted']],
    ['a key with plurals', `t('lead.count', { count })`, ['lead.count_one', 'lead.count_other']],
    [
      'a key put together',
      't(`message.tones.${x}`)',
      ['message.tones.formal', 'message.tones.plain'],
    ],
    [
      'a key put together by +',
      `t('message.tones.' + x)`,
      ['message.tones.formal', 'message.tones.plain'],
    ],
    ['a key put together in its middle', 't(`message.${x}.plain`)', ['message.tones.plain']],
    [
      'one name for what is put in',
      't(`lead.${x}`)',
      ['lead.count_one', 'lead.count_other', 'lead.counted', 'lead.email'],
    ],
    [
      'several names where no single one is',
      't(`message.${x}`)',
      ['message.tones.formal', 'message.tones.plain'],
    ],
    ['a key put together within a name', 't(`message.tones.f${x}`)', ['message.tones.formal']],
    ['a group', `const GROUP = 'message.tones'`, ['message.tones.formal', 'message.tones.plain']],
    ['a key kept in a table', `const KEYS = { a: 'lead.email' }`, ['lead.email']],
    ['a key with a colon', `t('scope.leads:write')`, ['scope.leads:write']],
    ['no event of the feed', `type === 'lead.found'`, []],
    ['no start of a name', `t('lead.ema')`, []],
    ['no file', `import { a } from '@/features/lead.email'`, []],
    ['no word of a remark', `// see lead.email`, []],
  ])('finds %s', (_what, code, expected) => {
    expect(Object.keys(wordsIn(code, WORDS)).sort()).toEqual([...expected].sort())
  })
})

describe('the catalogue', () => {
  it('has a user for each of its words, so that none is missed and none is kept for nothing', () => {
    const words = readWords('src/utils/i18n/en')
    const used = new Set<string>()
    for (const name of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(name) || /\.test\.tsx?$/.test(name)) continue
      for (const key in wordsIn(readFileSync(`src/${name}`, 'utf8'), words)) used.add(key)
    }
    expect(Object.keys(words).filter((key) => !used.has(key))).toEqual([])
  })
})
