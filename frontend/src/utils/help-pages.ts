/**
 * The repository's documents that the product serves as help, in the order in which the list shows them. The paths are
 * from the repository's root; the slug is the address below /help.
 */
export const HELP_PAGES = [
  { slug: 'getting-started', file: 'docs/getting-started.md', part: 'use' },
  { slug: 'profile', file: 'docs/profile.md', part: 'use' },
  { slug: 'import', file: 'docs/import.md', part: 'use' },
  { slug: 'duplicates', file: 'docs/duplicates.md', part: 'use' },
  { slug: 'merging', file: 'docs/merging.md', part: 'use' },
  { slug: 'filters', file: 'docs/filters.md', part: 'use' },
  { slug: 'batches', file: 'docs/batches.md', part: 'use' },
  { slug: 'qualification', file: 'docs/qualification.md', part: 'use' },
  { slug: 'messages', file: 'docs/messages.md', part: 'use' },
  { slug: 'settings', file: 'docs/settings.md', part: 'use' },
  { slug: 'glossary', file: 'docs/glossary.md', part: 'use' },
  { slug: 'examples', file: 'docs/examples/README.md', part: 'use' },
  { slug: 'cli', file: 'docs/cli.md', part: 'connect' },
  { slug: 'api', file: 'docs/api.md', part: 'connect' },
  { slug: 'events', file: 'api/events/README.md', part: 'connect' },
  { slug: 'configuration', file: 'docs/configuration.md', part: 'run' },
  { slug: 'deploy', file: 'deploy/README.md', part: 'run' },
  { slug: 'security', file: 'docs/security.md', part: 'run' },
  { slug: 'dependencies', file: 'docs/dependencies.md', part: 'run' },
] as const

export type HelpSlug = (typeof HELP_PAGES)[number]['slug']
export type HelpPart = (typeof HELP_PAGES)[number]['part']

/** The parts in which they are shown. */
export const HELP_PARTS: readonly HelpPart[] = ['use', 'connect', 'run']
