export type TokenKind = 'end' | 'word' | 'quoted' | 'op' | 'open' | 'close' | 'comma'

/** A word of a filter; `at` is the character (code point) it starts at, from 1, as the API counts. */
export interface Token {
  kind: TokenKind
  text: string
  at: number
}

export type FaultCode =
  | 'bad_text'
  | 'field_missing'
  | 'list_missing'
  | 'list_open'
  | 'operator_missing'
  | 'operator_wrong'
  | 'paren_extra'
  | 'paren_open'
  | 'quote_open'
  | 'too_deep'
  | 'too_long'
  | 'too_many_terms'
  | 'too_many_values'
  | 'unknown_field'
  | 'value_missing'
  | 'value_wrong'
  | 'word_extra'

/** Why a filter cannot be read, and where. */
export class FilterFault extends Error {
  constructor(
    readonly at: number,
    readonly code: FaultCode,
    readonly word = '',
  ) {
    super(`${at}: ${code}`)
    this.name = 'FilterFault'
  }
}

const MAX_BYTES = 4000
const SPACE = /\s|\u0085/
// Letters that are no text, as the API refuses them outside quotes.
const CONTROL = /\p{Cc}/u
const ENDS_WORD = '(),=<>'
const SINGLE: Record<string, TokenKind> = { '(': 'open', ')': 'close', ',': 'comma' }

export function lex(text: string): Token[] {
  if (new TextEncoder().encode(text).length > MAX_BYTES)
    throw new FilterFault(MAX_BYTES, 'too_long')
  const chars = Array.from(text)
  const tokens: Token[] = []
  let pos = 0

  const quoted = (): string => {
    const quote = chars[pos]
    const at = pos + 1
    let out = ''
    for (pos++; ; pos++) {
      let char = chars[pos]
      if (char === undefined) throw new FilterFault(at, 'quote_open')
      if (char === quote) {
        pos++
        return out
      }
      if (char === '\\' && chars[pos + 1] !== undefined) char = chars[++pos]!
      if (char === '\0') throw new FilterFault(pos + 1, 'bad_text')
      out += char
    }
  }

  const word = (): string => {
    let out = ''
    for (; pos < chars.length; pos++) {
      const char = chars[pos]!
      if (SPACE.test(char) || ENDS_WORD.includes(char)) break
      if (char === '!' && chars[pos + 1] === '=') break
      if (CONTROL.test(char)) throw new FilterFault(pos + 1, 'bad_text')
      if (char === '"' && out.toLowerCase() === 'custom.') return 'custom.' + quoted()
      out += char
    }
    return out
  }

  for (;;) {
    while (pos < chars.length && SPACE.test(chars[pos]!)) pos++
    const at = pos + 1
    const char = chars[pos]
    if (char === undefined) return [...tokens, { kind: 'end', text: '', at }]
    if (SINGLE[char]) {
      tokens.push({ kind: SINGLE[char], text: char, at })
      pos++
    } else if (char === '"' || char === "'") {
      tokens.push({ kind: 'quoted', text: quoted(), at })
    } else if ('!<>='.includes(char) && (char !== '!' || chars[pos + 1] === '=')) {
      const two = char !== '=' && chars[pos + 1] === '='
      tokens.push({ kind: 'op', text: two ? `${char}=` : char, at })
      pos += two ? 2 : 1
    } else {
      tokens.push({ kind: 'word', text: word(), at })
    }
  }
}
