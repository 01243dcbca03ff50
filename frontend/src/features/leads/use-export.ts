import { useMutation } from '@tanstack/react-query'

import type { ExportWish } from '@/features/leads/export-request'

/** Downloads leads as a file. */
export function useExport() {
  return useMutation({
    mutationFn: async (wish: ExportWish) =>
      (await import('@/features/leads/download')).download(wish),
  })
}
