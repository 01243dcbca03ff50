/** What the tabs of one browser tell each other: they share the session's cookies. */
export type TabNews = { kind: 'signed-in'; email: string } | { kind: 'signed-out' }

const CHANNEL = 'winnow.session'

/** Tells the other tabs, never this one. */
export function tellTabs(news: TabNews): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(news)
  channel.close()
}

/** Listens to what the other tabs tell. */
export function hearTabs(onNews: (news: TabNews) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = (event: MessageEvent<TabNews>) => onNews(event.data)
  return () => channel.close()
}
