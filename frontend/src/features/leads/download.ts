import { leadsExportChosen } from '@/api/gen/sdk.gen'
import { exportBody, exportHref, type ExportWish } from '@/features/leads/export-request'

/** Downloads leads as a file: by a link where the browser can, else by a request with the chosen ids. */
export async function download(wish: ExportWish): Promise<void> {
  const href = exportHref(wish)
  if (href) return saveAs(href)
  const { data, response } = await leadsExportChosen({ body: exportBody(wish), parseAs: 'blob' })
  const url = URL.createObjectURL(data)
  saveAs(url, nameOf(response) ?? `leads.${wish.format}`)
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

function nameOf(response: Response): string | undefined {
  return /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1]
}

function saveAs(href: string, name = ''): void {
  const link = document.createElement('a')
  link.href = href
  link.download = name
  link.click()
}
