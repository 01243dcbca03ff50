/** Made by help/plugin.ts from the repository's documents. */
declare module 'virtual:help' {
  import type { HelpEntry, HelpText } from '@/features/help/tree'

  export const entries: readonly HelpEntry[]
  export const load: Readonly<Record<string, () => Promise<{ page: HelpText }>>>
}
