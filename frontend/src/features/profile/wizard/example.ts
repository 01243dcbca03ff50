import type { Profile } from '@/api/contract'

/** Whether the profile is still the one that a new workspace begins with: that of an invented company. */
export function isExample(profile: Profile): boolean {
  const { name, website } = profile.set.company
  return name === 'Stockline' && website === 'https://stockline.example'
}
