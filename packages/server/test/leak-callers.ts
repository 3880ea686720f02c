import type { PublicArea, Role } from '@tocsin/domain/actor.ts'

/** Everybody who can knock at the node's door. `roleless` had a role once; all were revoked. */
export const callers = [
  'visitor',
  'roleless',
  'reader',
  'analyst',
  'auditor',
  'focal-point',
  'administrator',
  'operator',
] as const satisfies readonly (Role | 'visitor' | 'roleless' | 'operator')[]
export type Caller = (typeof callers)[number]

export const all: readonly Caller[] = [...callers]
export const people = all.filter((caller) => caller !== 'visitor' && caller !== 'operator')
export const somebody = all.filter((caller) => caller !== 'visitor')
export const members = all.filter((caller) => caller !== 'visitor' && caller !== 'roleless')
export const managers: readonly Caller[] = ['focal-point', 'administrator', 'operator']
export const operators: readonly Caller[] = ['administrator', 'operator']
export const builders: readonly Caller[] = ['analyst', 'focal-point', 'administrator', 'operator']

export type Expectation = {
  /** Whom the route does not turn away when it is asked for something of another organisation. */
  readonly letIn: readonly Caller[]
  /** Visitors are let in only while this part of the public view is open. */
  readonly open?: PublicArea
  /** What is sent; a name in capitals stands for the other organisation's thing of that name. */
  readonly body?: object
  readonly query?: string
  /** Says on purpose who else can be written to: the names of organisations and their offices. */
  readonly namesOffices?: true
}

export const publicly = (open: PublicArea, query?: string): Expectation => ({
  letIn: all,
  open,
  ...(query && { query }),
})

/** Those who work on matters: whoever runs the node is not among them. */
export const desk: readonly Caller[] = ['reader', 'analyst', 'focal-point']
export const writers: readonly Caller[] = ['analyst', 'focal-point']
export const unknownLetter: Expectation = { letIn: all }
