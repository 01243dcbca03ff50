import { lexer, type Token, type Tokens } from 'marked'

import type { HelpHeading, HelpNode, HelpTag, HelpText } from '../src/features/help/tree.ts'

/** Where a link of a document leads: an address, or null when the product does not serve its target. */
export type ResolveLink = (href: string) => string | null

/** Reads a document. Raw HTML is refused: the pages are text. */
export function readHelp(markdown: string, link: ResolveLink): HelpText {
  const reader = new Reader(link)
  const nodes = reader.blocks(lexer(markdown))
  return { title: reader.title, headings: reader.headings, nodes }
}

class Reader {
  title = ''
  readonly headings: HelpHeading[] = []
  private readonly ids = new Map<string, number>()
  private readonly link: ResolveLink

  constructor(link: ResolveLink) {
    this.link = link
  }

  blocks(tokens: readonly Token[]): HelpNode[] {
    return tokens.flatMap((token) => this.block(token))
  }

  private block(token: Token): HelpNode[] {
    switch (token.type) {
      case 'space':
      case 'def':
        return []
      case 'html': // a comment for whoever edits the document
        if (/^<!--[^]*-->\s*$/.test(token.raw)) return []
        throw unknown(token)
      case 'heading':
        return this.heading(token as Tokens.Heading)
      case 'paragraph':
        return [['p', null, ...this.inline(token.tokens)]]
      case 'text':
        return token.tokens ? this.inline(token.tokens) : [(token as Tokens.Text).text]
      case 'hr':
        return [['hr', null]]
      case 'code':
        return [['pre', null, (token as Tokens.Code).text]]
      case 'blockquote':
        return [['blockquote', null, ...this.blocks(token.tokens ?? [])]]
      case 'list':
        return [this.list(token as Tokens.List)]
      case 'table':
        return [this.table(token as Tokens.Table)]
      default:
        throw unknown(token)
    }
  }

  private heading({ depth, tokens }: Tokens.Heading): HelpNode[] {
    const nodes = this.inline(tokens)
    const text = plain(nodes)
    if (depth === 1) {
      this.title ||= text
      return []
    }
    const level = Math.min(depth, 4)
    const id = this.id(text)
    this.headings.push({ id, text, level })
    return [[`h${level}` as HelpTag, { id }, ...nodes]]
  }

  /** As GitHub makes it, so that links work in both places. */
  private id(text: string): string {
    const base = text
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-')
    const before = this.ids.get(base) ?? 0
    this.ids.set(base, before + 1)
    return before ? `${base}-${before}` : base
  }

  private list({ ordered, start, items }: Tokens.List): HelpNode {
    const rows = items.map((item): HelpNode => ['li', null, ...this.blocks(item.tokens)])
    return ordered ? ['ol', start === '' ? null : { start }, ...rows] : ['ul', null, ...rows]
  }

  private table({ header, rows }: Tokens.Table): HelpNode {
    const row = (tag: 'th' | 'td', cells: Tokens.TableCell[]): HelpNode => [
      'tr',
      null,
      ...cells.map((cell): HelpNode => [tag, null, ...this.inline(cell.tokens)]),
    ]
    const named = header.some((cell) => cell.text.trim() !== '')
    return [
      'table',
      null,
      ...(named ? [['thead', null, row('th', header)] as const] : []),
      ['tbody', null, ...rows.map((cells) => row('td', cells))],
    ]
  }

  private words({ tokens, text }: Tokens.Text): HelpNode[] {
    return tokens ? this.inline(tokens) : [unescaped(text)]
  }

  private inline(tokens: readonly Token[] = []): HelpNode[] {
    return tokens.flatMap((token): HelpNode[] => {
      switch (token.type) {
        case 'text':
        case 'escape':
          return this.words(token as Tokens.Text)
        case 'strong':
        case 'em':
        case 'del':
          return [[token.type, null, ...this.inline(token.tokens)]]
        case 'codespan':
          return [['code', null, unescaped((token as Tokens.Codespan).text)]]
        case 'br':
          return [['br', null]]
        case 'link': {
          const href = this.link((token as Tokens.Link).href)
          const words = this.inline(token.tokens)
          return href === null ? words : [['a', { href }, ...words]]
        }
        case 'image': {
          const { href, text } = token as Tokens.Image
          return [['img', { src: href, alt: text }]]
        }
        default:
          throw unknown(token)
      }
    })
  }
}

/** How a document begins, before its first part, as far as a card shows it. */
export function summaryOf(nodes: readonly HelpNode[]): string {
  const part = nodes.findIndex((node) => node[0] === 'h2')
  const before = nodes.slice(0, part < 0 ? undefined : part)
  const [first] = before
  if (first?.[0] !== 'p') return ''
  let summary = ''
  for (const sentence of plain([first])
    .replace(/\s+/g, ' ')
    .trim()
    .split(/(?<=[.?!]) /)) {
    if (summary && summary.length + sentence.length > SUMMARY) break
    summary += `${summary && ' '}${sentence}`
  }
  return summary
}

const SUMMARY = 200

function unknown({ type, raw }: Token): Error {
  return new Error(`help cannot show ${type}: ${raw.slice(0, 80)}`)
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name]!)
}

function plain(nodes: readonly HelpNode[]): string {
  return nodes
    .map((node) =>
      typeof node === 'string' ? node : plain(node.slice(2) as unknown as readonly HelpNode[]),
    )
    .join('')
}
