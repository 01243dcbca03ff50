import { lineOf, readTemplate } from '@/features/templates/merge-language'

const KNOWN = new Set(['name', 'company'])
const read = (text: string) =>
  readTemplate(text, KNOWN).map((mark) => [text.slice(mark.start, mark.end), mark.fault ?? 'ok'])

describe('readTemplate', () => {
  it.each<[string, string, string[][]]>([
    ['plain text', 'Hi there { }', []],
    ['a variable', 'Hi {{name}}!', [['{{name}}', 'ok']]],
    ['spaces inside', '{{ name }}', [['{{ name }}', 'ok']]],
    ['a default', '{{company|your team}}', [['{{company|your team}}', 'ok']]],
    ['an unknown name', '{{salary}}', [['{{salary}}', 'unknown']]],
    ['an empty default', '{{name|}}', [['{{name|}}', 'emptyDefault']]],
    ['braces in a default', '{{name|a{b}}', [['{{name|a{b}}', 'nested']]],
    ['no end', 'Hi {{name', [['{{', 'unclosed']]],
    [
      'no beginning',
      'Hi name}} {{name}}',
      [
        ['}}', 'unopened'],
        ['{{name}}', 'ok'],
      ],
    ],
    [
      'several',
      '{{name}}{{company}}',
      [
        ['{{name}}', 'ok'],
        ['{{company}}', 'ok'],
      ],
    ],
    ['after a pictogram', '😬 {{name}}', [['{{name}}', 'ok']]],
    ['a script is only text', '<script>{{name}}</script>', [['{{name}}', 'ok']]],
  ])('%s', (_name, text, marks) => {
    expect(read(text)).toEqual(marks)
  })
})

describe('lineOf', () => {
  it('counts lines from one', () => {
    expect([lineOf('a\nb\nc', 0), lineOf('a\nb\nc', 2), lineOf('a\nb\nc', 4)]).toEqual([1, 2, 3])
  })
})
