import type * as Gen from '@/api/gen/types.gen'
import type { Filled } from '@/types/filled'
import type { Grade } from '@/types/grade'

// The names under which the app knows the shapes of the generated contract.

export type User = Filled<Gen.UserResponse>
export type Role = User['role']

/** The contract cannot say "one of these grades, or null". */
export type Lead = Omit<Filled<Gen.LeadResponse>, 'grade' | 'highlights'> & {
  grade: Grade | null
  /** Stretches found by the search, per field, in code points. */
  highlights?: Record<string, [number, number][]>
}
export type Provenance = Filled<Gen.FieldOriginResponse>
export type LiveEvent = Filled<Gen.EventResponse>

/** Two leads that may be the same, or were found not to be. */
export type Duplicate = Omit<Filled<Gen.DuplicateResponse>, 'a' | 'b'> & { a: Lead; b: Lead }
export type DuplicateState = Duplicate['state']
export type DuplicateWeight = Filled<Gen.DuplicateWeight>
export type MergeRule = NonNullable<Gen.LeadMergeRequest['rule']>
/** The contract cannot say "one of these rules, or null". */
export type MergeField = Omit<Filled<Gen.MergeField>, 'rule'> & { rule: MergeRule | null }
export type MergeRecord = Filled<Gen.MergeRecord>
export type MergeChange = Filled<Gen.MergeChange>

export type Claim = Filled<Gen.Claim>
export type BreakdownRow = Filled<Gen.PartScore>
export type Analysis = Filled<Gen.AnalysisResponse>
export type Score = Filled<Gen.WhatIfResponse>
export type Message = Filled<Gen.MessageResponse>

export type BatchRequest = Gen.BatchRequest
/** Which leads a batch, an estimate or a bulk action is about. */
export type LeadSelection = Pick<BatchRequest, 'ids' | 'filter' | 'q'>
export type Estimate = Filled<Gen.EstimateResponse>
export type Batch = Filled<Gen.BatchResponse>
export type BatchStatus = Batch['status']
export type BatchResult = Filled<Gen.BatchResult> & { grade: Grade }

export type Import = Filled<Gen.ImportResponse>
export type ImportPreview = Filled<Gen.ImportAnswer>
export type ImportReading = Filled<Gen.ImportReading>
export type ImportSample = Filled<Gen.ImportSample>
export type Quality = Filled<Gen.QualityResponse>
export type ImportUndoPlan = Filled<Gen.ImportUndoPlan>
export type ImportUndoRow = Filled<Gen.ImportUndoRow>

export type ProfileKind = keyof Filled<Gen.ProfileDocuments>
export type Profile = Filled<Gen.ProfileResponse>
export type ProfileError = Filled<Gen.ProfileFault>
export type ProfileTemplate = Filled<Gen.ProfileTemplate>

export type AiSettings = Filled<Gen.AiSettingsResponse>
export type BudgetSetting = Filled<Gen.BudgetResponse>
export type ApiKey = Filled<Gen.ApiKeyResponse>
export type Overview = Filled<Gen.OverviewResponse>
