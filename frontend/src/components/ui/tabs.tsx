import {
  createContext,
  type KeyboardEvent,
  type ReactNode,
  use,
  useEffect,
  useId,
  useRef,
} from 'react'

interface TabsProps<T extends string> {
  value: T
  onChange: (value: T) => void
  label: string
  tabs: readonly { value: T; label: ReactNode }[]
  children: ReactNode
}

const TabsContext = createContext({ id: '', value: '' })

const tabId = (id: string, value: string) => `${id}-tab-${value}`
const panelId = (id: string, value: string) => `${id}-panel-${value}`

/** The tab that a key leads to, round the ends; null for other keys. */
function stepTo(key: string, at: number, count: number, rtl: boolean): number | null {
  const [ahead, back] = rtl ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft']
  if (key === ahead) return (at + 1) % count
  if (key === back) return (at - 1 + count) % count
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : null
}

/** Several views in one place (ARIA's tabs pattern): one Tab stop, arrows choose. */
export function Tabs<T extends string>({ value, onChange, label, tabs, children }: TabsProps<T>) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  // On a phone the row is wider than the screen.
  useEffect(() => {
    const chosen = list.current?.querySelector('[aria-selected="true"]')
    chosen?.scrollIntoView?.({ block: 'nearest', inline: 'center' })
  }, [value])
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl'
    const at = tabs.findIndex((tab) => tab.value === value)
    const next = stepTo(event.key, at, tabs.length, rtl)
    if (next === null) return
    event.preventDefault()
    event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus()
    onChange(tabs[next]!.value)
  }
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        onKeyDown={onKeyDown}
        className="flex shrink-0 gap-4 overflow-x-auto border-b border-line px-4 sm:px-6"
      >
        {tabs.map((tab) => {
          const chosen = tab.value === value
          return (
            <button
              key={tab.value}
              type="button"
              role="tab"
              id={tabId(id, tab.value)}
              aria-selected={chosen}
              aria-controls={chosen ? panelId(id, tab.value) : undefined}
              tabIndex={chosen ? 0 : -1}
              onClick={() => onChange(tab.value)}
              className="-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent text-sm whitespace-nowrap text-ink-2 hover:text-ink aria-selected:border-accent aria-selected:font-medium aria-selected:text-ink focus-visible:-outline-offset-2 pointer-coarse:h-11"
            >
              {tab.label}
            </button>
          )
        })}
      </div>
      <TabsContext value={{ id, value }}>{children}</TabsContext>
    </div>
  )
}

interface TabPanelProps {
  value: string
  className?: string
  children: ReactNode
}

/** What the tab of this value shows. */
export function TabPanel({ value, className, children }: TabPanelProps) {
  const tabs = use(TabsContext)
  if (tabs.value !== value) return null
  return (
    <div
      role="tabpanel"
      id={panelId(tabs.id, value)}
      aria-labelledby={tabId(tabs.id, value)}
      tabIndex={0}
      className={className}
    >
      {children}
    </div>
  )
}
