import { createElement, type ReactNode } from 'react'
import { Link } from 'react-router'

import type { HelpNode, HelpTag } from '@/features/help/tree'

const LOOK: Partial<Record<HelpTag, string>> = {
  p: 'my-3',
  h2: 'group mt-9 mb-2 scroll-mt-4 text-base font-semibold',
  h3: 'group mt-6 mb-1.5 scroll-mt-4 text-sm font-semibold',
  h4: 'group mt-4 mb-1 scroll-mt-4 text-sm font-medium',
  ul: 'my-3 list-disc ps-5 [&_ol]:my-1 [&_ul]:my-1',
  ol: 'my-3 list-decimal ps-5 [&_ol]:my-1 [&_ul]:my-1',
  li: 'my-1 ps-1 marker:text-ink-3 [&>p]:my-1',
  table: 'w-full border-collapse text-start',
  th: 'border-b border-line-strong py-1.5 pe-4 text-start align-bottom text-xs font-medium text-ink-2',
  td: 'border-b border-line py-1.5 pe-4 align-top [&:first-child]:min-w-32',
  code: 'rounded-[3px] bg-sunken px-1 py-0.5 font-mono text-[0.92em] break-words',
  blockquote: 'my-3 border-s-2 border-line-strong ps-3 text-ink-2',
  hr: 'my-6 border-line',
  img: 'my-4 h-auto max-w-full rounded-md border border-line',
}

/** A help page's text. Only the elements named here can come out of it. */
export function HelpBody({ nodes }: { nodes: readonly HelpNode[] }) {
  return <div className="text-sm leading-relaxed break-words">{nodes.map(show)}</div>
}

function show(node: HelpNode, key: number): ReactNode {
  if (typeof node === 'string') return node
  const [tag, props, ...children] = node
  const inner = children.map(show)
  switch (tag) {
    case 'pre':
      return (
        <pre
          key={key}
          dir="ltr"
          tabIndex={0}
          className="my-3 overflow-x-auto rounded-md border border-line bg-sunken px-3 py-2.5 font-mono text-xs leading-5"
        >
          {inner}
        </pre>
      )
    case 'table':
      return (
        <div key={key} className="my-3 overflow-x-auto" tabIndex={0} role="group">
          <table className={LOOK.table}>{inner}</table>
        </div>
      )
    case 'a':
      return (
        <HelpLink key={key} href={props?.href ?? ''}>
          {inner}
        </HelpLink>
      )
    case 'img':
      return <img key={key} src={props?.src} alt={props?.alt} loading="lazy" className={LOOK.img} />
    case 'h2':
    case 'h3':
    case 'h4':
      return createElement(
        tag,
        { key, id: props?.id, className: LOOK[tag] },
        ...inner,
        <Link
          key="anchor"
          to={`#${props?.id}`}
          aria-hidden
          tabIndex={-1}
          className="ms-1.5 font-normal text-ink-3 opacity-0 group-hover:opacity-100"
        >
          #
        </Link>,
      )
    case 'br':
    case 'hr':
      return createElement(tag, { key, className: LOOK[tag] })
    default:
      return createElement(tag, { key, start: props?.start, className: LOOK[tag] }, ...inner)
  }
}

function HelpLink({ href, children }: { href: string; children: ReactNode }) {
  const look = 'text-accent-text underline decoration-line-strong underline-offset-2'
  return /^[a-z]+:/i.test(href) ? (
    <a href={href} target="_blank" rel="noreferrer" className={look}>
      {children}
    </a>
  ) : (
    <Link to={href} className={look}>
      {children}
    </Link>
  )
}
