import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import type { RecordedObject } from '@tocsin/records/record.ts'
import type { LabAudience, Party } from '../acquaint.ts'
import type { NodeState } from './history.ts'

/** Something that an organisation tells an audience. */
export type Telling = {
  readonly organisation: OrganisationId
  readonly audience: AudienceId
  readonly object: RecordedObject
}

type Contents = {
  acquaint: {
    readonly own: Party
    readonly others: readonly Party[]
    readonly audiences: readonly LabAudience[]
  }
  tell: Telling
  withdraw: { readonly organisation: OrganisationId; readonly object: string }
  look: object
}

/** What the worker at a site answers to each order. */
export type Answers = {
  acquaint: null
  tell: { readonly digest: string; readonly seq: number }
  withdraw: null
  look: NodeState
}

export type Order<Do extends keyof Answers = keyof Answers> = {
  [One in Do]: { readonly do: One } & Contents[One]
}[Do]

/** As it goes to the worker, and what comes back. */
export type Asked = { readonly number: number; readonly order: Order }
export type Answered = { readonly number: number } & (
  | { readonly done: unknown }
  | { readonly fault: string }
)
