import { FILTER_OPS, type FilterOp, kindOf, OPS_OF } from '@/components/filter-builder/fields'
import { FilterFault, lex, type Token } from '@/components/filter-builder/lex'
import { valueFits } from '@/components/filter-builder/values'

export interface Condition {
  type: 'is'
  field: string
  op: FilterOp
  values: string[]
}

/** A filter as a tree. */
export type FilterNode =
  Condition | { type: 'and' | 'or'; parts: FilterNode[] } | { type: 'not'; inner: FilterNode }

const MAX_DEPTH = 20
const MAX_TERMS = 60
const MAX_VALUES = 500

/** Reads a filter as the API does; null for an empty one. Throws a FilterFault. */
export function parseFilter(text: string): FilterNode | null {
  const tokens = lex(text)
  return tokens.length === 1 ? null : new Parser(tokens).all()
}

class Parser {
  private pos = 0
  private depth = 0
  private terms = 0
  private values = 0

  constructor(private readonly tokens: readonly Token[]) {}

  private peek = (): Token => this.tokens[this.pos]!

  private take(): Token {
    const token = this.peek()
    if (token.kind !== 'end') this.pos++
    return token
  }

  private isWord = (word: string): boolean =>
    this.peek().kind === 'word' && this.peek().text.toLowerCase() === word

  all(): FilterNode {
    const node = this.or()
    const next = this.peek()
    if (next.kind === 'end') return node
    throw new FilterFault(next.at, next.kind === 'close' ? 'paren_extra' : 'word_extra', next.text)
  }

  private or = (): FilterNode => this.chain('or', this.and)
  private and = (): FilterNode => this.chain('and', this.factor)

  private chain(type: 'and' | 'or', part: () => FilterNode): FilterNode {
    const parts = [part()]
    while (this.isWord(type)) {
      this.pos++
      parts.push(part())
    }
    return parts.length === 1 ? parts[0]! : { type, parts }
  }

  private factor = (): FilterNode => {
    const start = this.peek()
    const not = this.isWord('not')
    if (start.kind !== 'open' && !not) return this.condition()
    if (++this.depth > MAX_DEPTH) throw new FilterFault(start.at, 'too_deep')
    this.pos++
    const node: FilterNode = not ? { type: 'not', inner: this.factor() } : this.or()
    if (!not) {
      const close = this.take()
      if (close.kind !== 'close') throw new FilterFault(close.at, 'paren_open', String(start.at))
    }
    this.depth--
    return node
  }

  private condition(): Condition {
    const name = this.take()
    if (name.kind !== 'word') throw new FilterFault(name.at, 'field_missing')
    if (++this.terms > MAX_TERMS) throw new FilterFault(name.at, 'too_many_terms')
    const kind = kindOf(name.text)
    if (!kind) throw new FilterFault(name.at, 'unknown_field', name.text)
    const field =
      kind === 'custom' ? 'custom.' + name.text.slice('custom.'.length) : name.text.toLowerCase()
    const sign = this.take()
    const op = FILTER_OPS.find((each) => each === sign.text.toLowerCase())
    if (!op || (sign.kind !== 'op' && sign.kind !== 'word')) {
      throw new FilterFault(sign.at, 'operator_missing', field)
    }
    if (!OPS_OF[kind].includes(op)) throw new FilterFault(sign.at, 'operator_wrong', sign.text)
    const operands = op === 'empty' ? [] : this.operands(op)
    const wrong = operands.find((each) => !valueFits(kind, field, each.text))
    if (wrong) throw new FilterFault(wrong.at, 'value_wrong', wrong.text)
    return { type: 'is', field, op, values: operands.map((each) => each.text) }
  }

  private operands(op: FilterOp): Token[] {
    const open = this.peek()
    if (open.kind !== 'open') {
      if (op === 'in') throw new FilterFault(open.at, 'list_missing')
      return [this.value()]
    }
    this.pos++
    if (op !== 'in' && op !== 'has') throw new FilterFault(open.at, 'value_missing')
    const out: Token[] = []
    for (;;) {
      out.push(this.value())
      const next = this.take()
      if (next.kind === 'close') return out
      if (next.kind !== 'comma') throw new FilterFault(next.at, 'list_open', String(open.at))
    }
  }

  private value(): Token {
    const token = this.take()
    if (token.kind !== 'word' && token.kind !== 'quoted') {
      throw new FilterFault(token.at, 'value_missing')
    }
    if (++this.values > MAX_VALUES) throw new FilterFault(token.at, 'too_many_values')
    return token
  }
}
