/** A path on this site, or "/" for anything that could lead elsewhere. */
export function localPath(path: string | null): string {
  if (!path?.startsWith('/')) return '/'
  const base = 'http://here.invalid'
  try {
    const url = new URL(path, base)
    return url.origin === base ? url.pathname + url.search + url.hash : '/'
  } catch {
    return '/'
  }
}
