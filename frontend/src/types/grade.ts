/** Grades from best to worst, in the order they are shown. */
export const GRADES = ['A+', 'A', 'B', 'C', 'D'] as const
export type Grade = (typeof GRADES)[number]

export const LEAD_STATUSES = [
  'new',
  'qualified',
  'disqualified',
  'contacted',
  'replied',
  'won',
  'lost',
  'archived',
] as const
export type LeadStatus = (typeof LEAD_STATUSES)[number]
